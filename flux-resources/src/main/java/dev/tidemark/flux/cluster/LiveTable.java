package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.cache.ResourceCache;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The objects of one kind as they were last seen, and the caches that are given them. For any thread. */
final class LiveTable {

    private final OtherWriters others;
    private final Consumer<ResourceId> refusals;
    private final Map<ResourceId, Live> objects = new HashMap<>();

    /** Ours only as long as nobody else works on the kind. */
    private final Set<ResourceId> unclaimed = new HashSet<>();

    private final CopyOnWriteArrayList<ResourceCache> caches = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @param others marks what another controller works on
     * @param refusals told of an object that is refused, for another reason than before, or not any more
     */
    LiveTable(OtherWriters others, Consumer<ResourceId> refusals) {
        this.others = others;
        this.refusals = refusals;
    }

    /** Gives a cache everything, and every change from then on. */
    void feed(ResourceCache cache) {
        lock.lock();
        try {
            objects.values().forEach(live -> give(live, List.of(cache)));
            caches.add(cache);
        } finally {
            lock.unlock();
        }
    }

    void leave(ResourceCache cache) {
        caches.remove(cache);
    }

    Optional<Live> find(ResourceId id) {
        lock.lock();
        try {
            return Optional.ofNullable(objects.get(id));
        } finally {
            lock.unlock();
        }
    }

    List<Live> all() {
        lock.lock();
        try {
            return List.copyOf(objects.values());
        } finally {
            lock.unlock();
        }
    }

    /** An object is there, or is otherwise than it was. */
    ResourceId seen(Served served, JsonNode object) {
        return seen(served, object, false);
    }

    /** The same for an answer to a request: of an object that was deleted meanwhile it is no news. */
    void answered(Served served, JsonNode object) {
        seen(served, object, true);
    }

    private ResourceId seen(Served served, JsonNode object, boolean onlyKnown) {
        ResourceId id = Live.id(served.kind(), object.path("metadata"));
        String refusedBefore = null;
        boolean shadowBefore = false;
        Live now;
        Set<ResourceId> lost = Set.of();
        lock.lock();
        try {
            OtherWriters.Whose whose = others.whose(id.kind(), object);
            if (whose instanceof OtherWriters.Whose.Theirs(String manager)) {
                ((ObjectNode) object)
                        .withObject("metadata")
                        .withObject("annotations")
                        .put(Shadow.ANNOTATION, manager);
            }
            Live before = objects.get(id);
            now = Live.of(served, object, before);
            if (onlyKnown && (before == null || !before.uid().equals(now.uid()))) {
                return id;
            }
            if (before != null && before.isNewerThan(now)) {
                return id;
            }
            refusedBefore = before == null ? null : before.refusal();
            shadowBefore = before != null && before.shadow();
            objects.put(id, now);
            if (whose instanceof OtherWriters.Whose.Nobodys) {
                unclaimed.add(id);
            } else {
                unclaimed.remove(id);
            }
            if (before != null && !before.uid().equals(now.uid()) && now.resource() == null) {
                // what is in force is of an object that is gone, and what stands there now cannot be read
                caches.forEach(cache -> cache.delete(id));
            }
            give(now, caches);
            lost = leaveToOthers();
        } finally {
            lock.unlock();
        }
        lost.forEach(refusals);
        if (!Objects.equals(refusedBefore, now.refusal()) || shadowBefore != now.shadow()) {
            refusals.accept(id);
        }
        return id;
    }

    /** Another controller has shown itself: what nobody has claimed is its, too. */
    private Set<ResourceId> leaveToOthers() {
        Optional<String> other = unclaimed.isEmpty() ? Optional.empty() : others.present();
        if (other.isEmpty()) {
            return Set.of();
        }
        Set<ResourceId> lost = Set.copyOf(unclaimed);
        unclaimed.clear();
        for (ResourceId id : lost) {
            Live live = objects.get(id);
            if (live != null) {
                Live left = live.inShadowOf(other.get());
                objects.put(id, left);
                give(left, caches);
            }
        }
        return lost;
    }

    private static void give(Live live, List<ResourceCache> caches) {
        if (live.deleting()) {
            caches.forEach(cache -> cache.delete(live.id()));
        } else if (live.resource() != null) {
            caches.forEach(cache -> cache.upsert(live.resource()));
        }
    }

    /** An object is gone. */
    void gone(ResourceId id, @Nullable String uid) {
        lock.lock();
        try {
            Live before = objects.get(id);
            if (before != null && (uid == null || before.uid().equals(uid))) {
                objects.remove(id);
                unclaimed.remove(id);
                caches.forEach(cache -> cache.delete(id));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Everything there is was seen: what is not among it is gone. */
    void only(Set<ResourceId> present) {
        Set<ResourceId> lost;
        lock.lock();
        try {
            lost = new HashSet<>(objects.keySet());
        } finally {
            lock.unlock();
        }
        lost.removeAll(present);
        lost.forEach(id -> gone(id, null));
    }

    /** Tells of what nobody saw here and somebody asked for, that it is gone. */
    void tellGone(ResourceId id) {
        lock.lock();
        try {
            if (!objects.containsKey(id)) {
                caches.forEach(cache -> cache.delete(id));
            }
        } finally {
            lock.unlock();
        }
    }
}

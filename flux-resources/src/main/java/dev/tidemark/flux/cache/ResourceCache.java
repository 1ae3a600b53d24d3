package dev.tidemark.flux.cache;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is declared of some kinds. A source fills it; what it is given once more, or with another resource version and
 * nothing else, is no change. A change costs the same however much there is.
 */
public final class ResourceCache implements Resources {

    /** A watch that was interrupted repeats what is minutes old; no more objects go in that time. */
    private static final int MAX_DELETED = 10_000;

    private final Map<String, Kind<?>> kinds;
    private final Map<String, ConcurrentNavigableMap<Name, Resource<?>>> tables = new HashMap<>();
    private final Map<Index<?>, Map<String, ConcurrentNavigableMap<Name, Resource<?>>>> indexes = new HashMap<>();
    private final ChangeQueue changes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> deleted = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_DELETED;
        }
    });
    private volatile boolean complete;
    private volatile Predicate<ResourceId> absent = id -> false;

    private record Name(String namespace, String name) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byNamespace = namespace.compareTo(other.namespace);
            return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
        }
    }

    /**
     * @param kinds that are asked for; others are neither held nor answered
     * @param loop runs the listeners: one task at a time, for as long as there is a change
     */
    public ResourceCache(Collection<Kind<?>> kinds, Collection<Index<?>> indexes, Executor loop) {
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(Kind::name, kind -> kind));
        this.kinds.keySet().forEach(kind -> tables.put(kind, new ConcurrentSkipListMap<>()));
        indexes.forEach(index -> {
            check(index.kind());
            this.indexes.put(index, new ConcurrentHashMap<>());
        });
        this.changes = new ChangeQueue(loop);
    }

    @Override
    public Set<Kind<?>> kinds() {
        return Set.copyOf(kinds.values());
    }

    @Override
    public <S> Optional<Resource<S>> find(Kind<S> kind, String namespace, String name) {
        return Optional.ofNullable(table(kind).get(new Name(namespace, name))).flatMap(found -> found.as(kind));
    }

    @Override
    public Optional<Resource<?>> find(ResourceId id) {
        var table = tables.get(id.kind());
        return table == null ? Optional.empty() : Optional.ofNullable(table.get(name(id)));
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind) {
        return typed(table(kind).values(), kind);
    }

    @Override
    public <S> List<Resource<S>> all(Kind<S> kind, String namespace) {
        // no name sorts before the empty one, and no namespace between this one and the same with a zero behind it
        return typed(
                table(kind)
                        .subMap(new Name(namespace, ""), new Name(namespace + '\0', ""))
                        .values(),
                kind);
    }

    @Override
    public <S> List<Resource<S>> all(Index<S> index, String key) {
        var byKey = indexes.get(index);
        if (byKey == null) {
            throw new IllegalArgumentException("this index of " + index.kind() + " was not named");
        }
        var found = byKey.get(key);
        return found == null ? List.of() : typed(found.values(), index.kind());
    }

    private static <S> List<Resource<S>> typed(Collection<Resource<?>> resources, Kind<S> kind) {
        List<Resource<S>> typed = new ArrayList<>();
        resources.forEach(resource -> resource.as(kind).ifPresent(typed::add));
        return typed;
    }

    private ConcurrentNavigableMap<Name, Resource<?>> table(Kind<?> kind) {
        check(kind);
        return Objects.requireNonNull(tables.get(kind.name()));
    }

    private void check(Kind<?> kind) {
        if (!kinds.containsKey(kind.name())) {
            throw new IllegalArgumentException(kind + " is not among the kinds that were named: " + kinds.keySet());
        }
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public boolean isGone(ResourceId id) {
        return complete && find(id).isEmpty() && absent.test(id);
    }

    @Override
    public Registration onChange(Consumer<List<Change>> listener) {
        return changes.onChange(listener);
    }

    /**
     * For the source: everything there is has been given.
     *
     * @param absent whether something that was not given is known not to exist
     */
    public void completed(Predicate<ResourceId> absent) {
        this.absent = absent;
        this.complete = true;
    }

    /** For the source: this is declared so now. What is older than what is here, or of an object that is gone, is not. */
    public void upsert(Resource<?> resource) {
        if (!kinds.containsKey(resource.kind().name())) {
            return;
        }
        lock.lock();
        try {
            if (isPast(resource)) {
                return;
            }
            Resource<?> before = put(resource);
            if (!resource.equals(before)) {
                changes.add(new Change.Upserted(before, resource));
            }
        } finally {
            lock.unlock();
        }
    }

    /** For the source: this is not declared any more, or was not while nobody looked. */
    public void delete(ResourceId id) {
        Kind<?> kind = kinds.get(id.kind());
        if (kind == null) {
            return;
        }
        lock.lock();
        try {
            Resource<?> before = remove(id);
            if (before != null && !before.metadata().uid().isEmpty()) {
                deleted.add(before.metadata().uid());
            }
            changes.add(new Change.Deleted(kind, id, before));
        } finally {
            lock.unlock();
        }
    }

    /** For the source: this is all there is of a kind. What is here and not among it is deleted. */
    public void replace(Kind<?> kind, Collection<Resource<?>> all) {
        Set<ResourceId> present = new HashSet<>();
        all.forEach(resource -> present.add(resource.id()));
        lock.lock();
        try {
            for (Resource<?> resource : List.copyOf(table(kind).values())) {
                if (!present.contains(resource.id())) {
                    delete(resource.id());
                }
            }
            all.forEach(this::upsert);
        } finally {
            lock.unlock();
        }
    }

    private boolean isPast(Resource<?> resource) {
        return deleted.contains(resource.metadata().uid())
                || find(resource.id())
                        .filter(now -> resource.metadata().isOlderThan(now.metadata()))
                        .isPresent();
    }

    private @Nullable Resource<?> put(Resource<?> resource) {
        Name name = name(resource.id());
        Resource<?> before = table(resource.kind()).put(name, resource);
        reindex(name, before, resource);
        return before;
    }

    private @Nullable Resource<?> remove(ResourceId id) {
        Name name = name(id);
        var table = tables.get(id.kind());
        Resource<?> before = table == null ? null : table.remove(name);
        reindex(name, before, null);
        return before;
    }

    private void reindex(Name name, @Nullable Resource<?> before, @Nullable Resource<?> after) {
        indexes.forEach((index, byKey) -> {
            Set<String> now = after == null ? Set.of() : index.keys(after);
            if (before != null) {
                index.keys(before).stream().filter(key -> !now.contains(key)).forEach(key -> drop(byKey, key, name));
            }
            if (after != null) {
                now.forEach(key -> byKey.computeIfAbsent(key, _ -> new ConcurrentSkipListMap<>())
                        .put(name, after));
            }
        });
    }

    private static void drop(Map<String, ConcurrentNavigableMap<Name, Resource<?>>> byKey, String key, Name name) {
        byKey.computeIfPresent(key, (_, found) -> {
            found.remove(name);
            return found.isEmpty() ? null : found;
        });
    }

    private static Name name(ResourceId id) {
        return new Name(id.namespace(), id.name());
    }
}

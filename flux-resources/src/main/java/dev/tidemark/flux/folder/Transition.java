package dev.tidemark.flux.folder;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The new ports over the old ones, for as long as services move from these to those. */
public final class Transition implements ResourceSource, SecretReader {

    private final OverriddenResources resources;
    private final CopyOnWriteArrayList<ResourceCache> caches = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Consumer<ResourceId>> secretListeners = new CopyOnWriteArrayList<>();
    private ResourceSnapshot last;

    public Transition(OverriddenResources resources) {
        this.resources = resources;
        this.last = resources.current();
        var unused = resources.onChange(this::changed);
    }

    private synchronized void changed(ResourceSnapshot now) {
        Set<ResourceId> all = new HashSet<>(last.resources().keySet());
        all.addAll(now.resources().keySet());
        boolean whole = now.problems().stream().noneMatch(p -> p.severity() == dev.tidemark.flux.source.Problem.Severity.ERROR);
        for (ResourceId id : all) {
            Resource<?> resource = now.resources().get(id);
            if (Objects.equals(last.resources().get(id), resource)) {
                continue;
            }
            if (resource != null) {
                caches.forEach(cache -> cache.upsert(resource));
            } else if (whole) {
                caches.forEach(cache -> cache.delete(id));
            }
            if (id.kind().equals(Kinds.SECRET.name())) {
                secretListeners.forEach(listener -> listener.accept(id));
            }
        }
        last = now;
    }

    @Override
    public synchronized Registration feed(ResourceCache cache) {
        resources.current().resources().values().forEach(cache::upsert);
        cache.completed(id -> true);
        caches.add(cache);
        return () -> caches.remove(cache);
    }

    @Override
    public Optional<SecretContent> get(String namespace, String name) {
        return resources.current().find(Kinds.SECRET, namespace, name).map(Resource::spec);
    }

    @Override
    public void refused(String namespace, String name) {}

    @Override
    public Registration onChange(Consumer<ResourceId> listener) {
        secretListeners.add(listener);
        return () -> secretListeners.remove(listener);
    }

    /** @param below the old store */
    public static StatusStore statuses(dev.tidemark.flux.StatusStore below) {
        return new StatusStore() {
            @Override
            public <T> Stored<T> read(ResourceId id, Class<T> type) {
                return new Stored<>(below.read(id, type), null, null);
            }

            @Override
            public Outcome write(Resource<?> resource, Object status, @Nullable String expected) {
                below.write(resource, status);
                return Outcome.WRITTEN;
            }

            @Override
            public void remove(ResourceId id) {
                below.remove(id);
            }

            @Override
            public Set<ResourceId> leftBehind(Kind<?> kind) {
                return Set.of();
            }
        };
    }

    /** The old store makes events of conditions itself. */
    public static EventRecorder events(dev.tidemark.flux.StatusStore below) {
        return (resource, type, reason, message) -> {
            if (type == EventRecorder.Type.NORMAL && reason.equals("Succeeded")) {
                below.tell(resource, reason, message);
            }
        };
    }
}

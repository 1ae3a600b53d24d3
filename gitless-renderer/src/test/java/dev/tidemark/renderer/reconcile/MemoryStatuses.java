package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.runtime.simulation.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statuses that all replicas share, as a folder would keep them; a write is slow to return. */
final class MemoryStatuses implements StatusStore {

    private final Map<ResourceId, Kept> all = new HashMap<>();
    private final World world;
    private long versions;

    /** How often a status was read. */
    int reads;

    /** Whether the disk is, or in another way unfit: nothing can be written or removed. */
    boolean full;

    /** Whether the resources are gone already, which the replicas have not heard. */
    boolean gone;

    /** Resources that wait until their status is removed. */
    final Map<ResourceId, Resource<?>> kept = new HashMap<>();

    private record Kept(Object status, String version, String uid) {}

    MemoryStatuses(World world) {
        this.world = world;
    }

    <T> Optional<T> find(ResourceId id, Class<T> type) {
        return Optional.ofNullable(all.get(id)).map(kept -> type.cast(kept.status()));
    }

    @Override
    public <T> Stored<T> read(ResourceId id, Class<T> type) {
        reads++;
        Kept kept = all.get(id);
        return kept == null
                ? new Stored<>(Optional.empty(), null, null)
                : new Stored<>(find(id, type), kept.version(), kept.uid());
    }

    @Override
    public Outcome write(Resource<?> resource, Object status, @Nullable String expected) {
        world.pause();
        checkRoom();
        if (gone) {
            return Outcome.GONE;
        }
        Kept before = all.get(resource.id());
        if (!Objects.equals(before == null ? null : before.version(), expected)) {
            return Outcome.CONFLICT;
        }
        if (before != null && before.status().equals(status)) {
            return Outcome.UNCHANGED;
        }
        String version = String.valueOf(++versions);
        all.put(resource.id(), new Kept(status, version, resource.metadata().uid()));
        world.pause();
        return Outcome.WRITTEN;
    }

    @Override
    public Optional<Resource<?>> kept(ResourceId id) {
        return Optional.ofNullable(kept.get(id));
    }

    @Override
    public void remove(ResourceId id) {
        world.pause();
        checkRoom();
        all.remove(id);
    }

    private void checkRoom() {
        if (full) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
    }

    @Override
    public Set<ResourceId> leftBehind(Kind<?> kind) {
        Set<ResourceId> ids = new HashSet<>(all.keySet());
        ids.removeIf(id -> !id.kind().equals(kind.name()));
        return ids;
    }
}

package dev.tidemark.runtime.status;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.StatusStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the statuses of Receivers, counts, and fails as it is told. */
final class TestStore implements StatusStore {
    private final Map<ResourceId, ReceiverStatus> live = new HashMap<>();
    private final Map<ResourceId, String> uids = new HashMap<>();
    final List<String> writes = new ArrayList<>();
    final List<ResourceId> removed = new ArrayList<>();
    int reads;
    Duration pause = Duration.ZERO;
    int fails;
    int conflicts;
    boolean gone;

    @Nullable
    Runnable during;

    void put(ResourceId id, ReceiverStatus status) {
        live.put(id, status);
        uids.put(id, "uid-1");
    }

    Optional<ReceiverStatus> live(ResourceId id) {
        return Optional.ofNullable(live.get(id));
    }

    @Override
    public <T> Stored<T> read(ResourceId id, Class<T> type) {
        reads++;
        return new Stored<>(live(id).map(type::cast), String.valueOf(live.get(id)), uids.get(id));
    }

    @Override
    public Outcome write(Resource<?> resource, Object status, @Nullable String expected) {
        if (fails > 0) {
            fails--;
            throw new UncheckedIOException(new IOException("the disk is full"));
        }
        if (gone) {
            return Outcome.GONE;
        }
        if (conflicts > 0) {
            conflicts--;
            return Outcome.CONFLICT;
        }
        ReceiverStatus receiver = (ReceiverStatus) status;
        Runnable word = during;
        during = null;
        if (word != null) {
            word.run();
        }
        live.put(resource.id(), receiver);
        writes.add(receiver.conditions().getFirst().message());
        return Outcome.WRITTEN;
    }

    @Override
    public Duration pause() {
        return pause;
    }

    @Override
    public void remove(ResourceId id) {
        removed.add(id);
    }

    @Override
    public Set<ResourceId> leftBehind(Kind<?> kind) {
        return Set.of();
    }
}

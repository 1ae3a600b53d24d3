package dev.tidemark.evaluator;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.StatusStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A place for status, which may be full for some. */
public final class Statuses implements StatusStore {

    private final Map<ResourceId, Written> statuses = new HashMap<>();
    private Optional<ResourceId> unwritable = Optional.empty();
    private int writes;

    private record Written(Object status, int version, String uid) {}

    /** What is written for this resource fails until this is called with nothing. */
    public void unwritable(Optional<ResourceId> resource) {
        unwritable = resource;
    }

    /** How many statuses were written that said something else. */
    public int writes() {
        return writes;
    }

    public <T> Optional<T> read(Class<T> type, ResourceId id) {
        return read(id, type).status();
    }

    @Override
    public <T> Stored<T> read(ResourceId id, Class<T> type) {
        Written written = statuses.get(id);
        return written == null
                ? new Stored<>(Optional.empty(), null, null)
                : new Stored<>(
                        Optional.of(type.cast(written.status())), Integer.toString(written.version()), written.uid());
    }

    @Override
    public Outcome write(Resource<?> resource, Object status, @Nullable String expected) {
        if (unwritable.filter(resource.id()::equals).isPresent()) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
        Written before = statuses.get(resource.id());
        if (before != null && before.status().equals(status)) {
            return Outcome.UNCHANGED;
        }
        writes++;
        statuses.put(
                resource.id(), new Written(status, writes, resource.metadata().uid()));
        return Outcome.WRITTEN;
    }

    @Override
    public void remove(ResourceId id) {
        statuses.remove(id);
    }

    @Override
    public Set<ResourceId> leftBehind(Kind<?> kind) {
        return statuses.keySet().stream()
                .filter(id -> id.kind().equals(kind.name()))
                .collect(Collectors.toSet());
    }
}

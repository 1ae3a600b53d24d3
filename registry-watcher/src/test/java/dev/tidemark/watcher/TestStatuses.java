package dev.tidemark.watcher;

import dev.tidemark.flux.Kind;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A place for status that several replicas share, and that remembers who did what. */
public final class TestStatuses {

    private final Map<ResourceId, Written> written = new HashMap<>();
    private final List<String> effects = new ArrayList<>();
    private int writes;
    private boolean away;
    private Duration pause = Duration.ZERO;

    private record Written(Object status, String version, String uid) {}

    public <T> Optional<T> find(ResourceId id, Class<T> type) {
        return Optional.ofNullable(written.get(id)).map(one -> type.cast(one.status()));
    }

    /** A status that nobody here has written. */
    public void put(ResourceId id, Object status) {
        written.put(id, new Written(status, "before", ""));
    }

    /** {@code replica writes id} or {@code replica removes id}. */
    public List<String> effects() {
        return List.copyOf(effects);
    }

    public void forgetEffects() {
        effects.clear();
    }

    /** As in a cluster, where each write costs. */
    public TestStatuses whereWritesCost() {
        pause = Duration.ofSeconds(2);
        return this;
    }

    /** Whether it can be used. */
    public void setAway(boolean away) {
        this.away = away;
    }

    private void check() {
        if (away) {
            throw new UncheckedIOException(new IOException("the disk is away"));
        }
    }

    /** As one replica uses it. */
    public StatusStore as(String replica) {
        return new StatusStore() {
            @Override
            public Duration pause() {
                return pause;
            }

            @Override
            public <T> Stored<T> read(ResourceId id, Class<T> type) {
                check();
                Written found = written.get(id);
                return found == null
                        ? new Stored<>(Optional.empty(), null, null)
                        : new Stored<>(
                                Optional.of(type.cast(found.status())),
                                found.version(),
                                found.uid().isEmpty() ? null : found.uid());
            }

            @Override
            public Outcome write(Resource<?> resource, Object status, @Nullable String expected) {
                check();
                Written before = written.get(resource.id());
                String version = before == null ? null : before.version();
                if (version == null ? expected != null : !version.equals(expected)) {
                    return Outcome.CONFLICT;
                }
                if (before != null && before.status().equals(status)) {
                    return Outcome.UNCHANGED;
                }
                written.put(
                        resource.id(),
                        new Written(
                                status,
                                Integer.toString(++writes),
                                resource.metadata().uid()));
                effects.add(replica + " writes " + resource.id());
                return Outcome.WRITTEN;
            }

            @Override
            public void remove(ResourceId id) {
                check();
                written.remove(id);
                effects.add(replica + " removes " + id);
            }

            @Override
            public Set<ResourceId> leftBehind(Kind<?> kind) {
                check();
                return written.keySet().stream()
                        .filter(id -> id.kind().equals(kind.name()))
                        .collect(Collectors.toSet());
            }
        };
    }
}

package dev.tidemark.committer.domain;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A place for status and events. */
public final class MemoryStatuses implements StatusStore, EventRecorder {

    private final Map<ResourceId, Entry> entries = new HashMap<>();
    private int versions;

    /** What people are told. */
    public final List<String> told = new ArrayList<>();

    /** Who wrote which status, in order: the name of the process and the resource. */
    public final List<String> writes = new ArrayList<>();

    /** The resources whose status was removed, in order, and by whom. */
    public final List<String> removals = new ArrayList<>();

    /** The store cannot be used. */
    public boolean away;

    /** Which resources there are: of another one no status is written. */
    public Predicate<ResourceId> exist = id -> true;

    /** What may happen while the store is asked. */
    public Runnable network = () -> {};

    private record Entry(Object status, int version) {}

    /** The store as one process uses it. */
    public StatusStore of(String process) {
        return new StatusStore() {
            @Override
            public <T> Stored<T> read(ResourceId id, Class<T> type) {
                return MemoryStatuses.this.read(id, type);
            }

            @Override
            public Outcome write(Resource<?> resource, Object status, @Nullable String expected) {
                Outcome outcome = MemoryStatuses.this.write(resource, status, expected);
                writes.add(process + ' ' + resource.id());
                return outcome;
            }

            @Override
            public void remove(ResourceId id) {
                MemoryStatuses.this.remove(id);
                removals.add(process + ' ' + id);
            }

            @Override
            public Set<ResourceId> leftBehind(Kind<?> kind) {
                return MemoryStatuses.this.leftBehind(kind);
            }
        };
    }

    private void use() {
        network.run();
        if (away) {
            throw new UncheckedIOException(new IOException("the store is away"));
        }
    }

    @Override
    public <T> Stored<T> read(ResourceId id, Class<T> type) {
        use();
        Entry entry = entries.get(id);
        return entry == null
                ? new Stored<>(Optional.empty(), null, null)
                : new Stored<>(Optional.of(type.cast(entry.status())), String.valueOf(entry.version()), null);
    }

    @Override
    public Outcome write(Resource<?> resource, Object status, @Nullable String expected) {
        use();
        if (!exist.test(resource.id())) {
            return Outcome.GONE;
        }
        Entry entry = entries.get(resource.id());
        if (!String.valueOf(entry == null ? null : entry.version()).equals(String.valueOf(expected))) {
            return Outcome.CONFLICT;
        }
        if (entry != null && entry.status().equals(status)) {
            return Outcome.UNCHANGED;
        }
        entries.put(resource.id(), new Entry(status, ++versions));
        return Outcome.WRITTEN;
    }

    @Override
    public void remove(ResourceId id) {
        use();
        entries.remove(id);
    }

    @Override
    public Set<ResourceId> leftBehind(Kind<?> kind) {
        use();
        Set<ResourceId> ids = new TreeSet<>(entries.keySet());
        ids.removeIf(id -> !id.kind().equals(kind.name()));
        return ids;
    }

    @Override
    public void record(Resource<?> resource, Type type, String reason, String message) {
        network.run();
        told.add(resource.id() + " " + reason + ": " + message);
    }

    /** Of which resources there is a status. */
    public Set<ResourceId> all() {
        return Set.copyOf(entries.keySet());
    }

    public Optional<ImageUpdateAutomationStatus> find(String automation) {
        return Optional.ofNullable(entries.get(new ResourceId("ImageUpdateAutomation", "apps", automation)))
                .map(entry -> (ImageUpdateAutomationStatus) entry.status());
    }

    public Condition condition(String automation, String type) {
        return find(automation).orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}

package dev.tidemark.renderer.app;

import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.renderer.domain.input.InputReferences;
import dev.tidemark.renderer.kafka.LogTables;
import dev.tidemark.runtime.PartitionOwnership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One lane for each ResourceSet and provider that this replica serves. A resource belongs to whoever owns the partition of
 * {@code tag-selected} that its target text falls into. Lanes begin when the log has been read to its end: before that,
 * nothing selected yet and nothing read yet look the same.
 */
final class LaneBoard implements PartitionOwnership.Listener {

    /** The broker answers in milliseconds; a replica that cannot prove what it owns waits. */
    private static final Duration PROOF = Duration.ofSeconds(5);

    private final String cluster;
    private final int partitions;
    private final ResourceSource resources;
    private final PartitionOwnership ownership;
    private final ResourcePasses passes;
    private final Supplier<Set<ResourceId>> leftovers;

    private final Map<ResourceId, Lane> lanes = new HashMap<>();
    private final Set<Integer> owned = new HashSet<>();
    private final Set<ResourceId> left = new HashSet<>();
    private ResourceSnapshot known = ResourceSnapshot.EMPTY;
    private boolean open;

    /** @param leftovers ResourceSets that have objects, declared or not */
    LaneBoard(
            String cluster,
            int partitions,
            ResourceSource resources,
            PartitionOwnership ownership,
            ResourcePasses passes,
            Supplier<Set<ResourceId>> leftovers) {
        this.cluster = cluster;
        this.partitions = partitions;
        this.resources = resources;
        this.ownership = ownership;
        this.passes = passes;
        this.leftovers = leftovers;
    }

    /** The log has been read to its end. */
    void open() {
        synchronized (this) {
            open = true;
        }
        lookForLeftovers();
    }

    /** Whether every resource that this replica serves had its first pass. */
    synchronized boolean isSettled() {
        return open && lanes.values().stream().allMatch(Lane::hasPassed);
    }

    @Override
    public void assigned(Set<Integer> numbers) {
        synchronized (this) {
            owned.addAll(numbers);
        }
        var unused = Thread.ofVirtual().name("gitless-renderer-assigned").start(this::lookForLeftovers);
    }

    @Override
    public void revoked(Set<Integer> numbers) {
        synchronized (this) {
            owned.removeAll(numbers);
        }
        var unused = Thread.ofVirtual().name("gitless-renderer-revoked").start(this::refresh);
    }

    /** The log says something new about providers: they and the ResourceSets that use them are looked at. */
    synchronized void changed(LogTables.Predicate concerned) {
        if (!open) {
            return;
        }
        for (var provider : known.all(Kinds.RESOURCE_SET_INPUT_PROVIDER)) {
            if (concerned.concerns(provider)) {
                wake(provider.id());
                wakeUsers(known, provider);
            }
        }
    }

    /** The registry was looked at: providers say so, for ResourceSets it is no news. */
    synchronized void polled(LogTables.Predicate concerned) {
        if (open) {
            known.all(Kinds.RESOURCE_SET_INPUT_PROVIDER).stream()
                    .filter(concerned::concerns)
                    .forEach(provider -> wake(provider.id()));
        }
    }

    /** Compares what is declared, and what is owned, with the lanes there are. */
    synchronized void refresh() {
        if (!open) {
            return;
        }
        ResourceSnapshot before = known;
        known = resources.current();
        Set<ResourceId> served = served(known);
        lanes.entrySet().removeIf(entry -> {
            boolean away = entry.getValue().isOver() || !owned.contains(partition(entry.getKey()));
            if (away) {
                entry.getValue().stop();
            }
            return away;
        });
        Set<ResourceId> changed = differences(before, known);
        changed.forEach(this::wake);
        providersAmong(before, changed).forEach(provider -> wakeUsers(known, provider));
        providersAmong(known, changed).forEach(provider -> wakeUsers(known, provider));
        served.forEach(id -> lanes.computeIfAbsent(id, this::lane));
    }

    /** Ends all lanes; passes that run come to their end. */
    synchronized void close() {
        open = false;
        lanes.values().forEach(Lane::stop);
        lanes.clear();
    }

    private Lane lane(ResourceId id) {
        int partition = partition(id);
        Lane lane = new Lane(id.toString(), passes.of(id, () -> ownership.prove(partition, PROOF)), () -> over(id));
        lane.start();
        return lane;
    }

    private void over(ResourceId id) {
        synchronized (this) {
            left.remove(id);
        }
        refresh();
    }

    /** A ResourceSet that was deleted while nobody looked has left objects behind. */
    private void lookForLeftovers() {
        Set<ResourceId> found = leftovers.get();
        synchronized (this) {
            left.clear();
            left.addAll(found);
        }
        refresh();
    }

    private Set<ResourceId> served(ResourceSnapshot snapshot) {
        Set<ResourceId> ids = new HashSet<>(left);
        for (Kind<?> kind : List.of(Kinds.RESOURCE_SET, Kinds.RESOURCE_SET_INPUT_PROVIDER)) {
            snapshot.all(kind).forEach(resource -> ids.add(resource.id()));
        }
        ids.removeIf(id -> !owned.contains(partition(id)));
        return ids;
    }

    private static Set<ResourceId> differences(ResourceSnapshot before, ResourceSnapshot after) {
        Set<ResourceId> ids = new HashSet<>(before.resources().keySet());
        ids.addAll(after.resources().keySet());
        ids.removeIf(id ->
                Objects.equals(before.resources().get(id), after.resources().get(id)));
        return ids;
    }

    private static List<Resource<ResourceSetInputProviderSpec>> providersAmong(
            ResourceSnapshot snapshot, Set<ResourceId> ids) {
        List<Resource<ResourceSetInputProviderSpec>> providers = new ArrayList<>();
        for (ResourceId id : ids) {
            if (id.kind().equals(Kinds.RESOURCE_SET_INPUT_PROVIDER.name())) {
                snapshot.find(Kinds.RESOURCE_SET_INPUT_PROVIDER, id.namespace(), id.name())
                        .ifPresent(providers::add);
            }
        }
        return providers;
    }

    private void wakeUsers(ResourceSnapshot snapshot, Resource<ResourceSetInputProviderSpec> provider) {
        snapshot.all(Kinds.RESOURCE_SET, provider.namespace()).stream()
                .filter(resourceSet -> mayUse(resourceSet, provider))
                .forEach(resourceSet -> wake(resourceSet.id()));
    }

    /** A selector that cannot be read fails its own set's pass, and nobody else's. */
    private static boolean mayUse(
            Resource<ResourceSetSpec> resourceSet, Resource<ResourceSetInputProviderSpec> provider) {
        try {
            return InputReferences.uses(resourceSet, provider);
        } catch (RuntimeException unreadable) {
            return true;
        }
    }

    private void wake(ResourceId id) {
        Lane lane = lanes.get(id);
        if (lane != null) {
            lane.wake();
        }
    }

    private int partition(ResourceId id) {
        String target = new Target(cluster, id.kind(), id.namespace(), id.name()).text();
        return Partitioning.partition(Topic.TAG_SELECTED, target, partitions);
    }
}

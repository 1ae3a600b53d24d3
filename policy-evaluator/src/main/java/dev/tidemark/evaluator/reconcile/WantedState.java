package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluator.domain.Declarations.Wanted;
import dev.tidemark.evaluator.domain.WantedPolicies;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Partitioning;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.runtime.LogKeys;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the resources of one moment want declared; worked out once for each change. For any thread that may work. */
final class WantedState {

    private static final System.Logger LOG = System.getLogger(WantedState.class.getName());

    private final ResourceSource resources;
    private final String cluster;
    private final int partitions;
    private @Nullable Moment newest;

    /**
     * One moment.
     *
     * @param byPartition the policies whose declarations belong there
     */
    record Moment(
            ResourceSnapshot resources,
            WantedPolicies policies,
            Map<Integer, List<PolicyDeclared>> byPartition,
            Wanted wanted) {

        List<PolicyDeclared> in(int partition) {
            return byPartition.getOrDefault(partition, List.of());
        }
    }

    WantedState(ResourceSource resources, String cluster, int partitions) {
        this.resources = resources;
        this.cluster = cluster;
        this.partitions = partitions;
    }

    synchronized Moment now() {
        ResourceSnapshot snapshot = resources.current();
        Moment known = newest;
        if (known == null || !isSame(known.resources(), snapshot)) {
            known = read(snapshot);
            newest = known;
        }
        return known;
    }

    /** A source keeps its snapshot until something changes, so there is no need to compare what is in it. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(ResourceSnapshot one, ResourceSnapshot other) {
        return one == other;
    }

    private Moment read(ResourceSnapshot snapshot) {
        WantedPolicies policies = WantedPolicies.of(snapshot, cluster);
        policies.faults()
                .forEach((id, fault) -> LOG.log(
                        System.Logger.Level.ERROR, LogKeys.line("policy-not-read", LogKeys.RESOURCE, id), fault));
        return new Moment(
                snapshot,
                policies,
                policies.policies().stream()
                        .collect(Collectors.groupingBy(policy -> Partitioning.partition(policy.image(), partitions))),
                Wanted.of(policies.policies(), policies.refused(cluster)));
    }
}

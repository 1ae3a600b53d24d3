package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluation.declare.PolicySources;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Target;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the resources want declared, one by one: worked out anew only for those whose own sources have changed since, so an
 * answer is always of now and costs a few look-ups. For any thread.
 */
final class WantedPolicies {

    private static final System.Logger LOG = System.getLogger(WantedPolicies.class.getName());

    private final Resources resources;
    private final String cluster;
    private final Function<PolicySources, WantedPolicy> reading;
    private final Map<ResourceId, Known> known = new HashMap<>();

    private record Known(PolicySources sources, WantedPolicy wanted) {}

    /** @param reading works one out: a pure function */
    WantedPolicies(Resources resources, String cluster, Function<PolicySources, WantedPolicy> reading) {
        this.resources = resources;
        this.cluster = cluster;
        this.reading = reading;
    }

    /** What is wanted of a policy or provider. */
    synchronized WantedPolicy now(ResourceId id) {
        Optional<Resource<?>> resource = resources.find(id);
        if (resource.isEmpty()) {
            known.remove(id);
            return resources.isGone(id) ? new WantedPolicy.Nothing() : new WantedPolicy.Unknown();
        }
        return now(resource.get());
    }

    private WantedPolicy now(Resource<?> resource) {
        PolicySources sources;
        try {
            sources = PolicySources.of(resource, resources);
        } catch (RuntimeException unreadable) {
            sources = new PolicySources(resource, Optional.empty(), Optional.empty());
        }
        Known before = known.get(resource.id());
        if (before != null && before.sources().equals(sources)) {
            return before.wanted();
        }
        WantedPolicy wanted = reading.apply(sources);
        known.put(resource.id(), new Known(sources, wanted));
        if (wanted instanceof WantedPolicy.Fault fault) {
            LOG.log(Level.ERROR, LogKeys.line("policy-not-read", LogKeys.RESOURCE, resource.id()), fault.cause());
        }
        return wanted;
    }

    /** The same by target. */
    Map<Target, WantedPolicy> now(Set<Target> targets) {
        Map<Target, WantedPolicy> wanted = new HashMap<>();
        targets.forEach(
                target -> wanted.put(target, now(new ResourceId(target.kind(), target.namespace(), target.name()))));
        return wanted;
    }

    /** What is to be declared in a partition. Costs what there is. */
    List<Target> in(int partition, int partitions) {
        return Stream.concat(
                        resources.all(Kinds.IMAGE_POLICY).stream(),
                        resources.all(Kinds.RESOURCE_SET_INPUT_PROVIDER).stream())
                .flatMap(resource -> now(resource.id()) instanceof WantedPolicy.Declares(PolicyDeclared policy)
                                && Partitioning.partition(policy.image(), partitions) == partition
                        ? Stream.of(policy.target())
                        : Stream.empty())
                .toList();
    }

    /** Whether everything that is declared was read once. */
    boolean isComplete() {
        return resources.isComplete();
    }

    /** The target of a policy or provider; empty for a name that no declaration can have. */
    Optional<Target> target(ResourceId id) {
        try {
            return Optional.of(new Target(cluster, id.kind(), id.namespace(), id.name()));
        } catch (IllegalArgumentException noPart) {
            return Optional.empty();
        }
    }
}

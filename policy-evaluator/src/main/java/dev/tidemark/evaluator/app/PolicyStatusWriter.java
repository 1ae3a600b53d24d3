package dev.tidemark.evaluator.app;

import dev.tidemark.evaluator.domain.PolicyStatus;
import dev.tidemark.evaluator.domain.WantedPolicies;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.runtime.TidemarkConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes the status of ImagePolicies: what was decided, or what keeps one from being declared. */
@Singleton
public class PolicyStatusWriter {

    private static final System.Logger LOG = System.getLogger(PolicyStatusWriter.class.getName());

    private static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    private final ResourceSource resources;
    private final StatusStore statuses;
    private final String cluster;
    private final Clock clock;
    private final Set<ResourceId> known = ConcurrentHashMap.newKeySet();

    PolicyStatusWriter(ResourceSource resources, StatusStore statuses, TidemarkConfig config, Clock clock) {
        this.resources = resources;
        this.statuses = statuses;
        this.cluster = config.cluster();
        this.clock = clock;
    }

    /** Begins to follow the resources. */
    void start() {
        var unused = resources.onChange(this::follow);
        follow(resources.current());
    }

    /** Takes in a decision of the log; one for a resource that is gone, or of another cluster, is not ours to show. */
    public void decided(PolicyDecided decided) {
        if (!decided.target().cluster().equals(cluster)) {
            return;
        }
        if (decided.flapping() != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} goes back and forth: {1}. Two builds push in turns, or the registry lists what it has not",
                    decided.target(),
                    decided.flapping());
        }
        resources
                .current()
                .find(
                        Kinds.IMAGE_POLICY,
                        decided.target().namespace(),
                        decided.target().name())
                .ifPresent(
                        policy -> statuses.write(policy, PolicyStatus.decided(policy, before(policy.id()), decided)));
    }

    private void follow(ResourceSnapshot snapshot) {
        WantedPolicies wanted = WantedPolicies.of(snapshot, cluster);
        wanted.refusals().forEach((id, refusal) -> snapshot.find(Kinds.IMAGE_POLICY, id.namespace(), id.name())
                .ifPresent(policy ->
                        statuses.write(policy, PolicyStatus.refused(policy, before(id), refusal, clock.instant()))));
        Set<ResourceId> present = new HashSet<>();
        snapshot.all(Kinds.IMAGE_POLICY).forEach(policy -> {
            present.add(policy.id());
            if (policy.spec().suspend() && !policy.annotation(REQUESTED_AT).isEmpty()) {
                before(policy.id())
                        .ifPresent(status -> statuses.write(policy, PolicyStatus.acknowledged(policy, status)));
            }
        });
        known.removeIf(id -> {
            if (!present.contains(id)) {
                statuses.remove(id);
            }
            return !present.contains(id);
        });
        known.addAll(present);
    }

    private Optional<ImagePolicyStatus> before(ResourceId id) {
        return statuses.read(id, ImagePolicyStatus.class);
    }
}

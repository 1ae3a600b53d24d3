package dev.tidemark.evaluator.app;

import dev.tidemark.evaluator.domain.Attempts;
import dev.tidemark.evaluator.domain.PolicyStatus;
import dev.tidemark.evaluator.domain.WantedPolicies;
import dev.tidemark.evaluator.domain.Words;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Target;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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
    private final Attempts<ResourceId> attempts;

    @Inject
    PolicyStatusWriter(ResourceSource resources, StatusStore statuses, TidemarkConfig config, Clock clock) {
        this(resources, statuses, config.cluster(), clock, (wait, work) -> CompletableFuture.delayedExecutor(
                        wait.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(work));
    }

    PolicyStatusWriter(
            ResourceSource resources, StatusStore statuses, String cluster, Clock clock, Attempts.Later later) {
        this.resources = resources;
        this.statuses = statuses;
        this.cluster = cluster;
        this.clock = clock;
        this.attempts = new Attempts<>(later, this::failed);
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
        Target target = decided.target();
        write(
                new ResourceId(target.kind(), target.namespace(), target.name()),
                policy -> PolicyStatus.decided(policy, before(policy.id()), decided));
    }

    private void follow(ResourceSnapshot snapshot) {
        WantedPolicies.of(snapshot, cluster)
                .refusals()
                .forEach((id, refusal) ->
                        write(id, policy -> PolicyStatus.refused(policy, before(id), refusal, clock.instant())));
        Set<ResourceId> present = new HashSet<>();
        snapshot.all(Kinds.IMAGE_POLICY).forEach(policy -> {
            present.add(policy.id());
            if (policy.spec().suspend() && !policy.annotation(REQUESTED_AT).isEmpty()) {
                before(policy.id())
                        .ifPresent(status -> write(policy.id(), found -> PolicyStatus.acknowledged(found, status)));
            }
        });
        known.removeIf(id -> {
            if (!present.contains(id)) {
                attempts.run(id, () -> statuses.remove(id));
            }
            return !present.contains(id);
        });
        known.addAll(present);
    }

    /** A provider may have a policy's name: what is decided for it is shown by whoever serves providers. */
    private void write(ResourceId id, Function<Resource<ImagePolicySpec>, ImagePolicyStatus> status) {
        if (id.kind().equals(Kinds.IMAGE_POLICY.name())) {
            attempts.run(id, () -> find(id).ifPresent(policy -> statuses.write(policy, status.apply(policy))));
        }
    }

    private Optional<Resource<ImagePolicySpec>> find(ResourceId id) {
        return resources.current().find(Kinds.IMAGE_POLICY, id.namespace(), id.name());
    }

    /** What keeps a status from being worked out is a condition too, where one can be written at all. */
    private void failed(ResourceId id, Throwable fault, Duration wait) {
        LOG.log(System.Logger.Level.ERROR, id + ": its status could not be written; again in " + wait, fault);
        try {
            var refusal = new WantedPolicies.Refusal("Failed", Words.of(fault) + "; trying again in " + wait, false);
            find(id).ifPresent(policy ->
                    statuses.write(policy, PolicyStatus.refused(policy, before(id), refusal, clock.instant())));
        } catch (RuntimeException unwritable) {
            LOG.log(System.Logger.Level.DEBUG, id + ": not even that could be written", unwritable);
        }
    }

    private Optional<ImagePolicyStatus> before(ResourceId id) {
        return statuses.read(id, ImagePolicyStatus.class);
    }
}

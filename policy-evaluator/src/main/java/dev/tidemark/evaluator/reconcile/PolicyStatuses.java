package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.evaluator.domain.PolicyStatus;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.status.StatusRule;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.reconcile.RunTime;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.runtime.status.StatusPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * What is said of ImagePolicies: what was decided, or what keeps one from being declared. Said by whoever owns the
 * partition of {@code policy-decided} that a policy's decisions are in, whatever its image is, and by nobody else. For any
 * thread; nothing here waits but for the lock.
 */
final class PolicyStatuses {

    /** A decision that is older is read again, or was made while nobody ran: no run has taken so long. */
    private static final Duration LONGEST_RUN = Duration.ofHours(1);

    private final Resources resources;
    private final WantedPolicies wanted;
    private final StatusPublisher publisher;
    private final Decided decided;
    private final Clock clock;
    private final LateDecisions late = new LateDecisions();

    /**
     * Who follows {@code policy-decided}.
     *
     * @param cluster of the targets
     * @param partitions of the topic
     * @param shards the active one of a partition
     */
    record Decided(String cluster, int partitions, Ownership ownership, IntFunction<Optional<StatusShard>> shards) {

        /** Where the decisions of a policy are. */
        int partition(ResourceId id) {
            return Partitioning.partition(Topic.POLICY_DECIDED, cluster + '/' + id, partitions);
        }

        private Optional<StatusOwner> owner(ResourceId id) {
            return shards.apply(partition(id)).map(shard -> StatusOwner.of(ownership, shard.epoch()));
        }
    }

    PolicyStatuses(
            Resources resources, WantedPolicies wanted, StatusPublisher publisher, Decided decided, Clock clock) {
        this.resources = resources;
        this.wanted = wanted;
        this.publisher = publisher;
        this.decided = decided;
        this.clock = clock;
    }

    /**
     * Takes in a decision of the log.
     *
     * @return completed when a status shows it, or need not any more; one of a policy that is refused, or that we have not
     *     heard of yet, is shown when that is over
     */
    synchronized CompletableFuture<Void> decided(ResourceId id, PolicyDecided decision) {
        CompletableFuture<Void> shown = late.put(id, decision);
        if (resources.find(id).isPresent()) {
            // deciding takes no time; from there to the status is what there is of a run
            if (decision.decidedAt().isAfter(clock.instant().minus(LONGEST_RUN))) {
                RunTime.since(decision.decidedAt(), () -> show(id));
            } else {
                show(id);
            }
        }
        return shown;
    }

    /** Says what is to be said of a policy now. */
    void show(ResourceId id) {
        // what was said before a start is still so: whoever listens to statuses has to hear of it
        sayAll(id).ifPresent(policy -> publisher
                .read(policy, ImagePolicyStatus.class)
                .ifPresent(status -> say(policy, before -> still(policy, before.orElse(status)), () -> {})));
    }

    private static ImagePolicyStatus still(Resource<ImagePolicySpec> policy, ImagePolicyStatus status) {
        return PolicyStatus.isToBeAcknowledged(policy) ? PolicyStatus.acknowledged(policy, status) : status;
    }

    /** @return the policy, where there is nothing to say of it */
    private synchronized Optional<Resource<ImagePolicySpec>> sayAll(ResourceId id) {
        Optional<StatusOwner> owner = decided.owner(id);
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        WantedPolicy now = wanted.now(id);
        if (now instanceof WantedPolicy.Nothing) {
            remove(id, owner.get());
        }
        return resources.find(Kinds.IMAGE_POLICY, id.namespace(), id.name()).filter(policy -> switch (now) {
            case WantedPolicy.Nothing nothing -> false;
            case WantedPolicy.Unknown unknown -> false;
            case WantedPolicy.Kept kept -> {
                Instant when = clock.instant();
                say(policy, before -> PolicyStatus.refused(policy, before, kept.refusal(), when), () -> {});
                yield false;
            }
            case WantedPolicy.Declares declares -> {
                Optional<LateDecisions.Late> decision = late.take(id);
                decision.ifPresent(
                        one -> say(policy, before -> PolicyStatus.decided(policy, before, one.decided()), one::shown));
                yield decision.isEmpty();
            }
        });
    }

    private void say(Resource<ImagePolicySpec> policy, StatusRule<ImagePolicyStatus> rule, Runnable written) {
        decided.owner(policy.id()).ifPresent(owner -> {
            var unused = publisher
                    .publish(policy, ImagePolicyStatus.class, owner, rule)
                    .thenRun(written);
        });
    }

    /** Another policy has the name of one that was deleted: nothing that was said of that one is said of this one. */
    synchronized void replaced(ResourceId id) {
        decided.owner(id).ifPresent(owner -> remove(id, owner));
    }

    private void remove(ResourceId id, StatusOwner owner) {
        late.take(id).ifPresent(LateDecisions.Late::shown);
        var unused = publisher.remove(id, owner);
    }

    /** Says all that is to be said of the policies of a partition, also of those that went while nobody looked. */
    void takeOver(int partition) {
        Set<ResourceId> all = new TreeSet<>(publisher.leftBehind(Kinds.IMAGE_POLICY));
        resources.all(Kinds.IMAGE_POLICY).forEach(policy -> all.add(policy.id()));
        all.stream().filter(id -> decided.partition(id) == partition).forEach(this::show);
    }

    /** A partition is somebody else's. */
    synchronized void lost(int partition) {
        late.drop(id -> decided.partition(id) == partition);
    }
}

package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluator.domain.PolicyStatus;
import dev.tidemark.evaluator.domain.WantedPolicies.Refusal;
import dev.tidemark.flux.FaultText;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes the status of ImagePolicies: what was decided, or what keeps one from being declared. */
final class PolicyStatusReconciler implements Reconciler<ResourceId> {

    private static final System.Logger LOG = System.getLogger(PolicyStatusReconciler.class.getName());

    static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    private final WantedState wanted;
    private final NewDecisions decisions;
    private final StatusStore statuses;
    private final Clock clock;

    /** Policies that went while this replica watched, and whose status is still there. */
    private final Set<ResourceId> deleted = ConcurrentHashMap.newKeySet();

    PolicyStatusReconciler(WantedState wanted, NewDecisions decisions, StatusStore statuses, Clock clock) {
        this.wanted = wanted;
        this.decisions = decisions;
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public ReconcileResult reconcile(ResourceId id, Run run) {
        WantedState.Moment moment = wanted.now();
        Optional<Resource<ImagePolicySpec>> policy =
                moment.resources().find(Kinds.IMAGE_POLICY, id.namespace(), id.name());
        if (policy.isEmpty()) {
            // one that was never seen here may only be hidden, or be served by nobody
            if (deleted.contains(id)) {
                statuses.remove(id);
                deleted.remove(id);
            }
            decisions.drop(id);
            return new ReconcileResult.Gone();
        }
        deleted.remove(id);
        Refusal refusal = moment.policies().refusals().get(id);
        if (refusal != null) {
            // shown when the refusal is over
            decisions.find(id).ifPresent(NewDecisions.Waiting::taken);
            write(policy.get(), PolicyStatus.refused(policy.get(), before(id), refusal, clock.instant()));
            return new ReconcileResult.AwaitChange();
        }
        Optional<NewDecisions.Waiting> decision = decisions.find(id);
        if (decision.isPresent()) {
            write(
                    policy.get(),
                    PolicyStatus.decided(
                            policy.get(), before(id), decision.get().decided()));
            decisions.shown(id, decision.get());
        } else if (isToBeAcknowledged(policy.get())) {
            before(id).ifPresent(status -> write(policy.get(), PolicyStatus.acknowledged(policy.get(), status)));
        }
        return new ReconcileResult.AwaitChange();
    }

    /** Notes that a policy is not declared any more: its status is to go. */
    void deleted(ResourceId id) {
        deleted.add(id);
    }

    /** A suspended policy is not reconciled: only that somebody asked is acknowledged. */
    static boolean isToBeAcknowledged(Resource<ImagePolicySpec> policy) {
        return policy.spec().suspend() && !policy.annotation(REQUESTED_AT).isEmpty();
    }

    private void write(Resource<ImagePolicySpec> policy, ImagePolicyStatus status) {
        statuses.write(policy, status);
    }

    private Optional<ImagePolicyStatus> before(ResourceId id) {
        return statuses.read(id, ImagePolicyStatus.class);
    }

    /** What keeps a status from being worked out is a condition too, where one can be written at all. */
    @Override
    public void failed(ResourceId id, Throwable fault, Run run) {
        LOG.log(
                Level.ERROR,
                LogKeys.line("status-not-written", LogKeys.RESOURCE, id, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
        // it is tried again, and the log has the decision
        decisions.find(id).ifPresent(NewDecisions.Waiting::taken);
        var refusal = new Refusal("Failed", FaultText.of(fault) + "; trying again at " + run.nextTry(), false);
        wanted.now()
                .resources()
                .find(Kinds.IMAGE_POLICY, id.namespace(), id.name())
                .ifPresent(policy -> write(policy, PolicyStatus.refused(policy, before(id), refusal, clock.instant())));
    }
}

package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of an ImagePolicy after a decision (flux-git-based 3.3, 5.2, and 2.4 for the two older messages). */
public final class PolicyStatus {

    private PolicyStatus() {}

    /** After the evaluator decided. */
    public static ImagePolicyStatus decided(
            Resource<ImagePolicySpec> policy, Optional<ImagePolicyStatus> before, PolicyDecided decided) {
        Conditions conditions = conditions(policy, before, decided.decidedAt());
        List<Condition> next =
                switch (decided.outcome()) {
                    case SELECTED, KEPT ->
                        conditions.succeeded(decided.reason(), decided.message() + flapping(decided));
                    case WAITING, NOTHING_MATCHES -> conditions.retrying(decided.reason(), decided.message());
                    case INVALID -> conditions.stalled(decided.reason(), decided.message());
                    case UNKNOWN -> before.map(ImagePolicyStatus::conditions).orElse(List.of());
                };
        boolean settled = decided.outcome() == DecisionOutcome.SELECTED
                || decided.outcome() == DecisionOutcome.KEPT
                || decided.outcome() == DecisionOutcome.INVALID;
        // of a policy that changes its image the old selection is in force until the next one
        boolean moves = decided.reason().equals(PolicyEvaluation.AWAITING_HAND_OVER);
        return status(
                policy,
                before,
                next,
                moves ? latest(before) : ref(decided.name(), decided.selection()),
                moves ? previous(before) : ref(decided.name(), decided.previous()),
                settled);
    }

    /** The resources themselves keep the policy from being declared; what was selected stays. */
    public static ImagePolicyStatus refused(
            Resource<ImagePolicySpec> policy,
            Optional<ImagePolicyStatus> before,
            WantedPolicy.Refusal refusal,
            Instant now) {
        Conditions conditions = conditions(policy, before, now);
        List<Condition> next = refusal.stalled()
                ? conditions.stalled(refusal.reason(), refusal.message())
                : conditions.retrying(refusal.reason(), refusal.message());
        return status(policy, before, next, latest(before), previous(before), refusal.stalled());
    }

    /** Whether somebody asks for a suspended policy. */
    public static boolean isToBeAcknowledged(Resource<ImagePolicySpec> policy) {
        return policy.spec().suspend()
                && !policy.annotation(ReconcileAnnotations.REQUESTED_AT).isEmpty();
    }

    /** A suspended policy is not reconciled; only the request is acknowledged (flux-git-based 3.1). */
    public static ImagePolicyStatus acknowledged(Resource<ImagePolicySpec> policy, ImagePolicyStatus before) {
        return new ImagePolicyStatus(
                before.conditions(),
                before.latestImage(),
                before.latestRef(),
                before.observedPreviousImage(),
                before.observedPreviousRef(),
                before.observedGeneration(),
                policy.annotation(ReconcileAnnotations.REQUESTED_AT));
    }

    private static String flapping(PolicyDecided decided) {
        return decided.flapping() == null ? "" : "; it goes back and forth: " + decided.flapping();
    }

    private static Conditions conditions(
            Resource<ImagePolicySpec> policy, Optional<ImagePolicyStatus> before, Instant now) {
        return Conditions.after(
                before.map(ImagePolicyStatus::conditions).orElse(List.of()),
                policy.metadata().generation(),
                now);
    }

    private static ImagePolicyStatus status(
            Resource<ImagePolicySpec> policy,
            Optional<ImagePolicyStatus> before,
            List<Condition> conditions,
            @Nullable ImageRef latest,
            @Nullable ImageRef previous,
            boolean settled) {
        String requested = policy.annotation(ReconcileAnnotations.REQUESTED_AT);
        return new ImagePolicyStatus(
                conditions,
                latest == null ? null : latest.nameAndTag(),
                latest,
                previous == null ? null : previous.nameAndTag(),
                previous,
                settled
                        ? policy.metadata().generation()
                        : before.map(ImagePolicyStatus::observedGeneration).orElse(-1L),
                requested.isEmpty() ? null : requested);
    }

    private static @Nullable ImageRef latest(Optional<ImagePolicyStatus> before) {
        return before.map(ImagePolicyStatus::latestRef).orElse(null);
    }

    private static @Nullable ImageRef previous(Optional<ImagePolicyStatus> before) {
        return before.map(ImagePolicyStatus::observedPreviousRef).orElse(null);
    }

    private static @Nullable ImageRef ref(String name, List<SelectedTag> tags) {
        return tags.isEmpty()
                ? null
                : new ImageRef(name, tags.getFirst().tag(), tags.getFirst().digest());
    }
}

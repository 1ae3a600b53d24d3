package dev.tidemark.committer.domain;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Status of ImageUpdateAutomation (flux-git-based 3.3, 6.2), with one condition more: which markers were found. */
public final class AutomationStatus {

    private static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";
    private static final int SHORT_ID = 7;
    /** Before anything was said of an automation. */
    public static final ImageUpdateAutomationStatus NEW =
            new ImageUpdateAutomationStatus(List.of(), null, null, null, null, null, -1, null);

    private AutomationStatus() {}

    /**
     * What a run that began at {@code started} came to.
     *
     * @param nextTry when a failed run is tried again, null if none of the branch failed
     */
    public static ImageUpdateAutomationStatus ran(
            ImageUpdateAutomationStatus before,
            AutomationOutcome outcome,
            Instant started,
            @Nullable Instant nextTry,
            Instant now) {
        Resource<ImageUpdateAutomationSpec> automation = outcome.plan().automation();
        Conditions conditions =
                Conditions.after(before.conditions(), automation.metadata().generation(), now);
        return switch (outcome) {
            case AutomationOutcome.Committed done ->
                succeeded(
                        before,
                        automation,
                        started,
                        conditions(conditions, before, done.plan(), done.update(), now),
                        done.revision(),
                        observed(done.plan()),
                        done.commit(),
                        now);
            case AutomationOutcome.NoChange done ->
                succeeded(
                        before,
                        automation,
                        started,
                        conditions(conditions, before, done.plan(), done.update(), now),
                        done.revision(),
                        observed(done.plan()),
                        before.lastPushCommit(),
                        before.lastPushTime());
            case AutomationOutcome.Failed failed ->
                failed(
                        before,
                        automation,
                        started,
                        withMarkers(conditions.retrying(failed.reason(), failed.message(), nextTry), before),
                        before.observedGeneration());
        };
    }

    /** What is reported of a push, beside the status (flux-git-based 6.5). */
    public static String pushed(AutomationOutcome.Committed pushed) {
        return "pushed commit '" + pushed.commit().substring(0, SHORT_ID) + "' to branch '"
                + pushed.plan().branch().name() + "'\n" + Printable.cut(pushed.message(), Printable.MAX_MESSAGE);
    }

    /** Why an automation cannot be planned; as it was where that is no fault. */
    public static ImageUpdateAutomationStatus notPlanned(
            ImageUpdateAutomationStatus before,
            Resource<ImageUpdateAutomationSpec> automation,
            PlanOutcome outcome,
            Instant now) {
        Conditions conditions =
                Conditions.after(before.conditions(), automation.metadata().generation(), now);
        return switch (outcome) {
            case PlanOutcome.Stalled(String reason, String message) ->
                failed(
                        before,
                        automation,
                        now,
                        conditions.stalled(reason, message),
                        automation.metadata().generation());
            case PlanOutcome.Failed(String reason, String message) ->
                failed(before, automation, now, conditions.retrying(reason, message), before.observedGeneration());
            case PlanOutcome.Planned planned -> before;
            case PlanOutcome.Suspended suspended -> before;
        };
    }

    private static ImageUpdateAutomationStatus succeeded(
            ImageUpdateAutomationStatus before,
            Resource<ImageUpdateAutomationSpec> automation,
            Instant started,
            List<Condition> conditions,
            String revision,
            Map<String, ImageRef> observed,
            @Nullable String commit,
            @Nullable Instant pushed) {
        return new ImageUpdateAutomationStatus(
                conditions,
                started,
                commit,
                pushed,
                observed,
                revision,
                automation.metadata().generation(),
                handled(automation, before));
    }

    private static ImageUpdateAutomationStatus failed(
            ImageUpdateAutomationStatus before,
            Resource<ImageUpdateAutomationSpec> automation,
            Instant started,
            List<Condition> conditions,
            long observedGeneration) {
        return new ImageUpdateAutomationStatus(
                conditions,
                started,
                before.lastPushCommit(),
                before.lastPushTime(),
                before.observedPolicies(),
                before.observedSourceRevision(),
                observedGeneration,
                handled(automation, before));
    }

    private static @Nullable String handled(
            Resource<ImageUpdateAutomationSpec> automation, ImageUpdateAutomationStatus before) {
        String requested = automation.annotation(REQUESTED_AT);
        return requested.isEmpty() ? before.lastHandledReconcileAt() : requested;
    }

    private static List<Condition> conditions(
            Conditions conditions,
            ImageUpdateAutomationStatus before,
            AutomationPlan plan,
            TreeUpdate update,
            Instant now) {
        List<Condition> all = new ArrayList<>(conditions.succeeded(Reasons.SUCCEEDED, Reasons.UP_TO_DATE));
        all.add(MarkerReport.of(plan, update)
                .condition(before.conditions(), plan.automation().metadata().generation(), now));
        return all;
    }

    /** A run that failed found no markers; what the last good one found still holds. */
    private static List<Condition> withMarkers(List<Condition> conditions, ImageUpdateAutomationStatus before) {
        List<Condition> all = new ArrayList<>(conditions);
        before.conditions().stream()
                .filter(c -> c.type().equals(MarkerReport.TYPE))
                .forEach(all::add);
        return all;
    }

    private static Map<String, ImageRef> observed(AutomationPlan plan) {
        Map<String, ImageRef> observed = new TreeMap<>();
        for (Policy policy : plan.policies()) {
            observed.put(policy.name(), policy.latest());
        }
        return observed;
    }
}

package dev.tidemark.committer.domain;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.status.StatusRule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Status of ImageUpdateAutomation (flux-git-based 3.3, 6.2), with one condition more: which markers were found. Rules that
 * can be applied again, to what somebody else wrote meanwhile.
 */
public final class AutomationStatus {

    private static final int SHORT_ID = 7;

    private static final int SHA256_ID = 64;

    /** Before anything was said of an automation. */
    private static final ImageUpdateAutomationStatus NEW =
            new ImageUpdateAutomationStatus(List.of(), null, null, null, null, null, -1, null);

    private AutomationStatus() {}

    /**
     * What a run that began at {@code started} came to. The rule keeps what it says and nothing of the trees.
     *
     * @param nextTry when a failed run is tried again, null if none of the branch failed
     */
    public static StatusRule<ImageUpdateAutomationStatus> ran(
            AutomationOutcome outcome, Instant started, @Nullable Instant nextTry, Instant now) {
        Resource<ImageUpdateAutomationSpec> automation = outcome.plan().automation();
        return switch (outcome) {
            case AutomationOutcome.Committed done -> {
                Result result = new Result(done.plan(), done.update(), done.revision(), started);
                String commit = done.commit();
                yield rule(before -> result.after(before, commit, now, now));
            }
            case AutomationOutcome.NoChange done -> {
                Result result = new Result(done.plan(), done.update(), done.revision(), started);
                yield rule(before -> result.after(before, before.lastPushCommit(), before.lastPushTime(), now));
            }
            case AutomationOutcome.Failed(AutomationPlan plan, String reason, String message) ->
                rule(before -> failed(
                        before,
                        automation,
                        started,
                        withMarkers(after(before, automation, now).retrying(reason, message, nextTry), before),
                        before.observedGeneration()));
            case AutomationOutcome.Stalled(AutomationPlan plan, String reason, String message) ->
                rule(before -> failed(
                        before,
                        automation,
                        started,
                        withMarkers(after(before, automation, now).stalled(reason, message), before),
                        automation.metadata().generation()));
        };
    }

    private static StatusRule<ImageUpdateAutomationStatus> rule(UnaryOperator<ImageUpdateAutomationStatus> change) {
        return before -> change.apply(before.orElse(NEW));
    }

    private static Conditions after(
            ImageUpdateAutomationStatus before, Resource<ImageUpdateAutomationSpec> automation, Instant now) {
        return Conditions.after(before.conditions(), automation.metadata().generation(), now);
    }

    /** What is reported of a push, beside the status (flux-git-based 6.5). */
    public static String pushed(AutomationOutcome.Committed pushed) {
        return "pushed commit '" + pushed.commit().substring(0, SHORT_ID) + "' to branch '"
                + pushed.plan().branch().name() + '\''
                + (pushed.alsoPushed() == null
                        ? ""
                        : " and refspecs '" + pushed.alsoPushed().text() + '\'')
                + '\n' + Printable.cut(pushed.message(), Printable.MAX_MESSAGE);
    }

    /** What the event of a push is about, for whoever sets the status of the commit. */
    public static Map<String, String> about(AutomationOutcome.Committed pushed) {
        String commit = pushed.commit();
        String hash = commit.length() == SHA256_ID ? "sha256" : "sha1";
        return Map.of("commit", commit, "revision", pushed.plan().branch().name() + '@' + hash + ':' + commit);
    }

    /** Why an automation cannot be planned. */
    public static StatusRule<ImageUpdateAutomationStatus> notPlanned(
            Resource<ImageUpdateAutomationSpec> automation, PlanOutcome.Problem problem, Instant now) {
        return switch (problem) {
            case PlanOutcome.Stalled(String reason, String message) ->
                rule(before -> failed(
                        before,
                        automation,
                        now,
                        after(before, automation, now).stalled(reason, message),
                        automation.metadata().generation()));
            case PlanOutcome.Failed(String reason, String message) ->
                rule(before -> failed(
                        before,
                        automation,
                        now,
                        after(before, automation, now).retrying(reason, message),
                        before.observedGeneration()));
        };
    }

    /** What a run that went well found. */
    private record Result(
            Resource<ImageUpdateAutomationSpec> automation,
            MarkerReport markers,
            Map<String, ImageRef> observed,
            String revision,
            Instant started) {

        Result(AutomationPlan plan, TreeUpdate update, String revision, Instant started) {
            this(plan.automation(), MarkerReport.of(plan, update), AutomationStatus.observed(plan), revision, started);
        }

        ImageUpdateAutomationStatus after(
                ImageUpdateAutomationStatus before, @Nullable String commit, @Nullable Instant pushed, Instant now) {
            long generation = automation.metadata().generation();
            List<Condition> conditions = new ArrayList<>(
                    AutomationStatus.after(before, automation, now).succeeded(Reasons.SUCCEEDED, Reasons.UP_TO_DATE));
            conditions.add(markers.condition(before.conditions(), generation, now));
            return new ImageUpdateAutomationStatus(
                    conditions,
                    seconds(started),
                    commit,
                    seconds(pushed),
                    observed,
                    revision,
                    generation,
                    handled(automation, before));
        }
    }

    private static ImageUpdateAutomationStatus failed(
            ImageUpdateAutomationStatus before,
            Resource<ImageUpdateAutomationSpec> automation,
            Instant started,
            List<Condition> conditions,
            long observedGeneration) {
        return new ImageUpdateAutomationStatus(
                conditions,
                seconds(started),
                before.lastPushCommit(),
                before.lastPushTime(),
                before.observedPolicies(),
                before.observedSourceRevision(),
                observedGeneration,
                handled(automation, before));
    }

    /** As Kubernetes writes a time. */
    private static @Nullable Instant seconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static @Nullable String handled(
            Resource<ImageUpdateAutomationSpec> automation, ImageUpdateAutomationStatus before) {
        String requested = automation.annotation(ReconcileAnnotations.REQUESTED_AT);
        return requested.isEmpty() ? before.lastHandledReconcileAt() : requested;
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

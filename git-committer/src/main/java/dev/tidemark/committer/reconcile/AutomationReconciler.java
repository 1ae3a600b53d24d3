package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.BranchProgress;
import dev.tidemark.committer.domain.Declarations.NotPlanned;
import dev.tidemark.committer.domain.PlanOutcome;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Says of an automation that cannot be planned why that is: in its status, and once in the log. */
final class AutomationReconciler implements Reconciler<ResourceId> {

    private static final System.Logger LOG = System.getLogger(AutomationReconciler.class.getName());

    private final Function<ResourceId, Optional<NotPlanned>> automations;
    private final EventPublisher publisher;
    private final AutomationStatuses statuses;
    private final Clock clock;

    /** What was reported; of automations that are declared and cannot be planned. */
    private final Map<ResourceId, PlanOutcome> reported = new ConcurrentHashMap<>();

    /** @param automations those that cannot be planned and are this replica's to speak of */
    AutomationReconciler(
            Function<ResourceId, Optional<NotPlanned>> automations,
            EventPublisher publisher,
            AutomationStatuses statuses,
            Clock clock) {
        this.automations = automations;
        this.publisher = publisher;
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public ReconcileResult reconcile(ResourceId automation, Run run) {
        Optional<NotPlanned> found = automations.apply(automation);
        if (found.isEmpty()) {
            reported.remove(automation);
            return new ReconcileResult.Gone();
        }
        PlanOutcome outcome = found.get().outcome();
        statuses.notPlanned(found.get().automation(), outcome);
        if (!outcome.equals(reported.get(automation))) {
            report(automation.toString(), outcome);
            reported.put(automation, outcome);
        }
        return new ReconcileResult.AwaitChange();
    }

    private void report(String automation, PlanOutcome outcome) {
        switch (outcome) {
            case PlanOutcome.Stalled(String reason, String message) ->
                append(new Event.UpdateRefused(automation, reason, message));
            case PlanOutcome.Failed(String reason, String message) ->
                append(new Event.UpdateFailed(automation, reason, message, null));
            case PlanOutcome.Planned planned -> {}
            case PlanOutcome.Suspended suspended -> {}
        }
    }

    private void append(Event event) {
        publisher.append(Envelope.first(event, BranchProgress.EVENT_SOURCE, clock.instant()));
    }

    @Override
    public void failed(ResourceId automation, Throwable fault, Run run) {
        LOG.log(
                Level.WARNING,
                LogKeys.line("report-failed", LogKeys.RESOURCE, automation, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
    }
}

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
import java.util.Optional;
import java.util.function.Function;

/** Says of an automation that cannot be planned why that is: in its status, and once in the log. */
final class AutomationReconciler implements Reconciler<ResourceId> {

    private static final System.Logger LOG = System.getLogger(AutomationReconciler.class.getName());

    private final Function<ResourceId, Optional<Unplanned>> automations;
    private final EventPublisher publisher;
    private final AutomationStatuses statuses;
    private final Clock clock;

    /** @param automations those that cannot be planned and are this replica's to speak of */
    AutomationReconciler(
            Function<ResourceId, Optional<Unplanned>> automations,
            EventPublisher publisher,
            AutomationStatuses statuses,
            Clock clock) {
        this.automations = automations;
        this.publisher = publisher;
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public ReconcileResult reconcile(ResourceId id, Run run) {
        Optional<Unplanned> found = automations.apply(id);
        if (found.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        Unplanned automation = found.get();
        NotPlanned why = automation.why();
        try {
            report(id, automation, why);
        } finally {
            // also where the log is what fails
            statuses.notPlanned(why, automation.epoch());
        }
        return new ReconcileResult.AwaitChange();
    }

    private void report(ResourceId id, Unplanned automation, NotPlanned why) {
        if (automation.isNews(why.problem())) {
            append(
                    switch (why.problem()) {
                        case PlanOutcome.Stalled(String reason, String message) ->
                            new Event.UpdateRefused(id.toString(), reason, message);
                        case PlanOutcome.Failed(String reason, String message) ->
                            new Event.UpdateFailed(id.toString(), reason, message, null);
                    });
            automation.reported(why.problem());
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

package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationOutcome;
import dev.tidemark.committer.domain.AutomationStatus;
import dev.tidemark.committer.domain.PlanOutcome;
import dev.tidemark.committer.domain.Reasons;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.StatusStore;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes the status of automations. */
final class AutomationStatuses {

    private final StatusStore store;
    private final Clock clock;

    AutomationStatuses(StatusStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Writes what a run came to, and reports a push.
     *
     * @param nextTry when a failed run is tried again, null if none of the branch failed
     */
    void ran(AutomationOutcome outcome, Instant started, @Nullable Instant nextTry) {
        Resource<ImageUpdateAutomationSpec> automation = outcome.plan().automation();
        store.write(automation, AutomationStatus.ran(before(automation), outcome, started, nextTry, clock.instant()));
        if (outcome instanceof AutomationOutcome.Committed pushed) {
            store.tell(automation, Reasons.SUCCEEDED, AutomationStatus.pushed(pushed));
        }
    }

    /** Writes why an automation cannot be planned. */
    void notPlanned(Resource<ImageUpdateAutomationSpec> automation, PlanOutcome outcome) {
        store.write(automation, AutomationStatus.notPlanned(before(automation), automation, outcome, clock.instant()));
    }

    private ImageUpdateAutomationStatus before(Resource<ImageUpdateAutomationSpec> automation) {
        return store.read(automation.id(), ImageUpdateAutomationStatus.class).orElse(AutomationStatus.NEW);
    }
}

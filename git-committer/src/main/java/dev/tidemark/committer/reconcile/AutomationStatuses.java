package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationOutcome;
import dev.tidemark.committer.domain.AutomationStatus;
import dev.tidemark.committer.domain.Declarations.NotPlanned;
import dev.tidemark.committer.domain.Reasons;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusRule;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.runtime.status.StatusPublisher;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Says in the status of automations what became of them. Nobody waits for it. */
final class AutomationStatuses {

    private final StatusPublisher publisher;
    private final EventRecorder events;
    private final Executor recording;
    private final AutomationOwners owners;
    private final Clock clock;

    /** @param recording runs the recorder, which may wait for an API server */
    AutomationStatuses(
            StatusPublisher publisher,
            EventRecorder events,
            Executor recording,
            Plans plans,
            Ownership ownership,
            Clock clock) {
        this.publisher = publisher;
        this.events = events;
        this.recording = recording;
        this.owners = new AutomationOwners(plans, ownership);
        this.clock = clock;
    }

    /**
     * Says what a run came to, and reports a push.
     *
     * @param epoch in which it was done
     * @param nextTry when a failed run is tried again, null if none of the branch failed
     */
    void ran(AutomationOutcome outcome, Epoch epoch, Instant started, @Nullable Instant nextTry) {
        Resource<ImageUpdateAutomationSpec> automation = outcome.plan().automation();
        publish(automation, epoch, AutomationStatus.ran(outcome, started, nextTry, clock.instant()));
        if (outcome instanceof AutomationOutcome.Committed pushed) {
            String message = AutomationStatus.pushed(pushed);
            Map<String, String> about = AutomationStatus.about(pushed);
            recording.execute(
                    () -> events.record(automation, EventRecorder.Type.NORMAL, Reasons.SUCCEEDED, message, about));
        }
    }

    /** Says why an automation cannot be planned. */
    void notPlanned(NotPlanned why, Epoch epoch) {
        publish(why.automation(), epoch, AutomationStatus.notPlanned(why.automation(), why.problem(), clock.instant()));
    }

    /** Of a run that ends when its automation is gone nothing is said: it would take the place of the removal. */
    private synchronized void publish(
            Resource<ImageUpdateAutomationSpec> automation, Epoch epoch, StatusRule<ImageUpdateAutomationStatus> rule) {
        StatusOwner owner = owners.of(automation.id(), epoch);
        if (owner.isKnown()) {
            var unused = publisher.publish(automation, ImageUpdateAutomationStatus.class, owner, rule);
        }
    }

    /**
     * An automation is gone, and has no plan any more: what was said of it and is not written yet is of no interest, and
     * its owner removes the rest.
     */
    synchronized void deleted(ResourceId automation) {
        var unused = publisher.remove(automation, owners.ofDeleted(automation));
    }

    /** Automations that have a status and may be gone. Reads the store. */
    Set<ResourceId> leftBehind() {
        return publisher.leftBehind(Kinds.IMAGE_UPDATE_AUTOMATION);
    }
}

package dev.tidemark.committer.reconcile;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.status.StatusOwner;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Whose the status of an automation is: it belongs to the owner of the branch that it writes to. One without a branch, since
 * it cannot be planned or is gone, belongs to the owner of the partition that its name falls into.
 */
final class AutomationOwners {

    /** Another replica, which this one does not know. */
    private static final StatusOwner ANOTHER = new StatusOwner() {
        @Override
        public boolean isKnown() {
            return false;
        }

        @Override
        public boolean isProven() {
            return false;
        }
    };

    private final Plans plans;
    private final Ownership ownership;

    AutomationOwners(Plans plans, Ownership ownership) {
        this.plans = plans;
        this.ownership = ownership;
    }

    /**
     * The owner of work that was done in an epoch, for as long as the automation belongs there: what was said of it as long
     * as it could not be planned must not follow what its branch's owner says of it.
     */
    StatusOwner of(ResourceId automation, Epoch epoch) {
        return new While(StatusOwner.of(ownership, epoch), () -> {
            OptionalInt speaker = plans.speaker(automation);
            return speaker.isPresent() && speaker.getAsInt() == epoch.partition();
        });
    }

    /** The owner of an automation that is gone, for as long as it is. */
    StatusOwner ofDeleted(ResourceId automation) {
        return new While(
                ownership
                        .epoch(plans.partition(automation.toString()))
                        .map(epoch -> StatusOwner.of(ownership, epoch))
                        .orElse(ANOTHER),
                () -> !plans.exists(automation));
    }

    /** An owner, while something holds. */
    private record While(StatusOwner owner, BooleanSupplier condition) implements StatusOwner {

        @Override
        public boolean isKnown() {
            return condition.getAsBoolean() && owner.isKnown();
        }

        @Override
        public boolean isProven() throws InterruptedException {
            return owner.isProven() && condition.getAsBoolean();
        }
    }
}

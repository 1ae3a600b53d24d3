package dev.tidemark.runtime.partition;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leave for the effects of one run, in batches: before each batch the group says that the partition is still this
 * replica's, and then the input is compared with the newest. A batch lasts as long as its proof is young, by the clock:
 * a process that was paused in the middle of one finds it old. Belongs to one run.
 */
public final class BatchFence {

    /**
     * Counted from the question, since the answer may have waited in a paused process. Others get a partition not before
     * a session has passed, which is longer; and a revocation waits longer for what is under way.
     */
    static final Duration BATCH = Duration.ofSeconds(1);

    /** A broker that takes longer than a batch to answer so many times in a row is no basis for effects now. */
    private static final int MAX_QUESTIONS = 3;

    private final Ownership ownership;
    private final Epoch epoch;
    private final Clock clock;
    private BooleanSupplier current = () -> true;
    private @Nullable Instant asked;
    private boolean stale;

    /** @param epoch in which the run began */
    public BatchFence(Ownership ownership, Epoch epoch, Clock clock) {
        this.ownership = ownership;
        this.epoch = epoch;
        this.clock = clock;
    }

    /** From now on effects also need this: that the input is still the newest. */
    public void require(BooleanSupplier inputIsCurrent) {
        current = inputIsCurrent;
        asked = null;
    }

    /**
     * Whether an effect may begin now.
     *
     * @throws InterruptedException when the work is cancelled
     */
    public boolean allows() throws InterruptedException {
        return isYoung() || prove();
    }

    private boolean prove() throws InterruptedException {
        for (int question = 0; question < MAX_QUESTIONS; question++) {
            Instant now = clock.instant();
            if (!ownership.fence(epoch)) {
                return false;
            }
            if (!current.getAsBoolean()) {
                stale = true;
                return false;
            }
            asked = now;
            if (isYoung()) {
                return true;
            }
        }
        return false;
    }

    private boolean isYoung() {
        if (asked == null) {
            return false;
        }
        Duration age = Duration.between(asked, clock.instant());
        return !age.isNegative() && age.compareTo(BATCH) < 0;
    }

    /** Whether leave was withdrawn because newer input is there: the work is begun again. */
    public boolean isStale() {
        return stale;
    }
}

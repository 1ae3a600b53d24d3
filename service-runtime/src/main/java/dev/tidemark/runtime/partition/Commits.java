package dev.tidemark.runtime.partition;

import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;

/** Tells the group what is finished. Planned from any thread, sent by the one that polls. */
final class Commits {

    private static final System.Logger LOG = System.getLogger(Commits.class.getName());

    /** How long what is finished may stay uncommitted: so much is done twice after a kill, and a burst is one commit. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final Deliveries deliveries;
    private final Scheduler scheduler;
    private final Runnable wake;
    private volatile boolean due;

    /** @param wake wakes the thread that polls */
    Commits(String name, Deliveries deliveries, Scheduler scheduler, Runnable wake) {
        this.name = name;
        this.deliveries = deliveries;
        this.scheduler = scheduler;
        this.wake = wake;
    }

    /** There is something to commit. */
    void plan() {
        var unused = scheduler.after(PAUSE, () -> {
            due = true;
            wake.run();
        });
    }

    /** Sends what is finished, if that was planned and its time has come. */
    void sendDue(GroupMember mine) {
        if (!due) {
            return;
        }
        due = false;
        if (!send(mine, deliveries.dirty())) {
            plan();
        }
    }

    /** @return whether the group has accepted it: who was thrown out of it proves nothing */
    boolean send(GroupMember mine, Map<Integer, Long> offsets) {
        if (offsets.isEmpty()) {
            return true;
        }
        try {
            mine.commit(offsets);
            deliveries.committed(offsets);
            return true;
        } catch (RuntimeException refused) {
            LOG.log(Level.INFO, "{0}: a commit of {1} was not accepted: {2}", name, offsets, refused);
            return false;
        }
    }
}

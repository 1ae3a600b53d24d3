package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.watcher.domain.LaneAgenda.Waiting;
import dev.tidemark.watcher.domain.LaneAgenda.Work;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Does all work on one feed, one thing after the other, on a virtual thread of its own: what is asked for one tag first,
 * then the scan that is wanted or due. Equal questions coalesce.
 */
public final class Lane implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    /** From a look that changes the tags to the status that says so: a burst of pushes is told once. */
    private static final Duration REPORT_PAUSE = Duration.ofSeconds(1);

    /** Looks at one tag before a full scan takes over. */
    private static final int MAX_LOOKS = 5;

    private final FeedWorker worker;
    private final Clock clock;
    private final Thread thread;
    private final LaneAgenda agenda;
    private volatile WatchedFeed watched;
    private int faults;

    /** @param due when to scan first, unless something is asked for before */
    public Lane(WatchedFeed watched, FeedWorker worker, Clock clock, Instant due) {
        this.watched = watched;
        this.worker = worker;
        this.clock = clock;
        this.agenda = new LaneAgenda(clock, due);
        this.thread = Thread.ofVirtual().name("lane-" + watched.feed()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public WatchedFeed watched() {
        return watched;
    }

    /** The resources have changed; a shorter interval takes effect at once. */
    public void update(WatchedFeed newest) {
        watched = newest;
        agenda.scanNotAfter(clock.instant().plus(newest.interval()));
        agenda.reportNow();
    }

    /** Asks for a full scan now; completed when one that began after this call has ended. */
    public CompletableFuture<Void> requestScan(@Nullable Envelope<?> cause) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        agenda.addScan(cause, done);
        return done;
    }

    /** Asks for a look at one tag. */
    public void request(TagCheck check) {
        agenda.add(check);
    }

    private void run() {
        try {
            for (Work work = agenda.take(); work != null; work = agenda.take()) {
                perform(work);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(Work work) {
        try {
            switch (work) {
                case Work.Look(Waiting waiting) -> look(waiting);
                case Work.Report report -> worker.report(watched);
                case Work.FullScan scan -> scan(scan);
            }
            faults = 0;
        } catch (RuntimeException fault) {
            // The lane must outlive a broker that is away: what failed waits, and is done again.
            if (Thread.currentThread().isInterrupted()) {
                agenda.abandon(work);
                return;
            }
            faults++;
            LOG.log(Level.WARNING, watched.feed() + ": will be tried again: " + fault.getMessage());
            again(work, clock.instant().plus(Backoff.delay(faults, null)));
        }
    }

    private void again(Work work, Instant notBefore) {
        switch (work) {
            case Work.Look(Waiting waiting) -> agenda.putBack(waiting, waiting.looks(), notBefore);
            case Work.Report report -> {}
            case Work.FullScan scan -> {
                agenda.scanAt(notBefore);
                agenda.putBack(scan);
            }
        }
    }

    private void scan(Work.FullScan scan) {
        worker.scan(watched, scan.urgency(), scan.cause(), this::urgentWork);
        Instant next = worker.memory().nextDue();
        agenda.scanAt(next == null ? clock.instant().plus(watched.interval()) : next);
        if (worker.memory().failure() == null) {
            agenda.looksAreDue();
        }
        scan.done().forEach(done -> done.complete(null));
    }

    /** Between two pages of a scan: single tags do not wait for a long list. */
    private void urgentWork() {
        for (Work.Look look = agenda.takeLook(); look != null; look = agenda.takeLook()) {
            perform(look);
        }
    }

    private void look(Waiting waiting) {
        TagCheck check = waiting.check();
        String before = worker.memory().tags().checksum();
        FeedWorker.Checked checked = worker.look(watched, check.tag(), check.purpose(), check.cause());
        if (!before.equals(worker.memory().tags().checksum())) {
            agenda.reportAfter(REPORT_PAUSE);
        }
        switch (checked) {
            case FeedWorker.Checked.Done done -> complete(waiting);
            case FeedWorker.Checked.AskAgain(@Nullable Duration retryAfter) -> {
                int looks = waiting.looks() + 1;
                if (looks < MAX_LOOKS || check.purpose() == TagCheck.Purpose.ASKED) {
                    agenda.putBack(waiting, looks, clock.instant().plus(Backoff.delay(looks, retryAfter)));
                } else {
                    giveUp(waiting);
                }
            }
        }
    }

    /** What a webhook claims a full scan finds too; who follows a digest comes back by itself. */
    private void giveUp(Waiting waiting) {
        if (waiting.check().purpose() == TagCheck.Purpose.CLAIMED) {
            var unused = requestScan(waiting.check().cause()).thenRun(() -> complete(waiting));
        } else {
            complete(waiting);
        }
    }

    private static void complete(Waiting waiting) {
        waiting.done().forEach(done -> done.complete(TagCheck.Ended.DONE));
    }

    /** The partition is somebody else's now: what waits is cancelled, the log asks its new owner for it. */
    @Override
    public void close() {
        agenda.close();
        thread.interrupt();
    }

    /** Nobody wants the feed any more: what waits is settled. */
    public void retire() {
        agenda.retire();
        thread.interrupt();
    }

    /** Waits until the lane's thread has ended; false when it takes longer. */
    public boolean ended(Duration limit) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(limit);
    }
}

package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.flux.Redaction;
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

    /** A registry that asks for more is left to the scans: the log remembers when the next one is due. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Looks between two pages: ten thousand that are asked for must not keep a scan from its end. */
    private static final int LOOKS_A_PAGE = 20;

    private static final String FAULT = "a fault of Tidemark itself, please report it: ";

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
        } catch (RuntimeException | Error fault) {
            if (Thread.currentThread().isInterrupted()) {
                agenda.abandon(work);
                return;
            }
            Faults.rethrowFatal(fault);
            faults++;
            failed(work, fault, clock.instant().plus(Backoff.delay(faults, null)));
        }
    }

    /** Whatever went wrong has an end: the lane outlives it, says so, and comes back. */
    private void failed(Work work, Throwable fault, Instant nextTry) {
        boolean brokerAway = fault instanceof EventLog.UnavailableException;
        String why = brokerAway ? String.valueOf(fault.getMessage()) : FAULT + reason(fault);
        if (brokerAway) {
            LOG.log(Level.WARNING, watched.feed() + ": will be tried again: " + why);
        } else {
            LOG.log(Level.ERROR, watched.feed() + ": will be tried again: " + why, fault);
        }
        if (!brokerAway || work instanceof Work.FullScan) {
            try {
                worker.faulted(watched, why, nextTry);
            } catch (RuntimeException untold) {
                LOG.log(Level.WARNING, watched.feed() + ": this cannot be told now: " + untold.getMessage());
            }
        }
        switch (work) {
            case Work.Look(Waiting waiting) when brokerAway -> agenda.putBack(waiting, waiting.looks(), nextTry);
            case Work.Look(Waiting waiting) -> {
                agenda.scanNotAfter(nextTry);
                putOff(waiting, nextTry);
            }
            case Work.Report report -> {}
            case Work.FullScan scan -> {
                agenda.scanAt(nextTry);
                if (brokerAway) {
                    agenda.putBack(scan);
                } else {
                    scan.done().forEach(done -> done.complete(null));
                }
            }
        }
    }

    private static String reason(Throwable fault) {
        return fault.getMessage() == null
                ? "no reason is known"
                : Redaction.ofUrls().apply(fault.getMessage());
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
        Work.Look look = agenda.takeAwaitedLook();
        for (int looks = 0; look != null; look = agenda.takeAwaitedLook()) {
            perform(look);
            if (++looks == LOOKS_A_PAGE) {
                return;
            }
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
            case FeedWorker.Checked.Done(boolean news)
            when news || check.purpose() != TagCheck.Purpose.CLAIMED -> complete(waiting);
            // The sender may have named one tag of several, or its word of another one was lost.
            case FeedWorker.Checked.Done known -> askForAll(waiting);
            case FeedWorker.Checked.AskAgain(@Nullable Duration retryAfter)
            when check.purpose() == TagCheck.Purpose.CLAIMED
                    && retryAfter != null
                    && retryAfter.compareTo(PATIENCE) > 0 -> askForAll(waiting);
            case FeedWorker.Checked.AskAgain(@Nullable Duration retryAfter) ->
                putOff(waiting, clock.instant().plus(Backoff.delay(waiting.looks() + 1, retryAfter)));
        }
    }

    private void putOff(Waiting waiting, Instant notBefore) {
        int looks = waiting.looks() + 1;
        switch (waiting.check().purpose()) {
            case ASKED -> agenda.putBack(waiting, looks, notBefore);
            case CLAIMED -> {
                if (looks < MAX_LOOKS) {
                    agenda.putBack(waiting, looks, notBefore);
                } else {
                    askForAll(waiting);
                }
            }
            // Who follows a digest comes back by itself.
            case FOLLOWED -> {
                if (looks < MAX_LOOKS) {
                    agenda.putBack(waiting, looks, notBefore);
                } else {
                    complete(waiting);
                }
            }
        }
    }

    /** What a webhook claims a full scan finds too, and when that fails, the log knows that it is to be tried again. */
    private void askForAll(Waiting waiting) {
        var unused = requestScan(waiting.check().cause()).whenComplete((nothing, lost) -> {
            if (lost == null) {
                complete(waiting);
            } else {
                waiting.done().forEach(done -> done.cancel(false));
            }
        });
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

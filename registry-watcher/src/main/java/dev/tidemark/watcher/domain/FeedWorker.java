package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Scan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one feed and writes down what is new. Called by the feed's lane only, never by two threads at once; what is
 * urgent may come in between two pages of a scan.
 */
public final class FeedWorker {

    public static final String SOURCE = "registry-watcher";

    /** Tags of one feed: five times the largest public repository. Beyond it a list is refused, not cut. */
    static final int MAX_TAGS = 500_000;

    /** The tag grammar of the distribution spec; a registry that lists something else is not believed on it. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** Who follows a digest comes back by itself, and does not keep a webhook of the same feed waiting for longer. */
    private static final Duration FOLLOWING = Duration.ofSeconds(10);

    /** Events appended at once: enough to fill the pipe, small enough to hold. */
    private static final int BATCH = 500;

    private final Feed feed;
    private final FeedMemory memory;
    private final Registry registry;
    private final EventLog log;
    private final Clock clock;
    private final Supplier<String> scanIds;
    private final ScanListener listener;
    private final Duration auditWindow;
    private final RecentNews news = new RecentNews();
    private @Nullable TagScan running;
    private @Nullable Scan runningScan;

    /** What came of a look at one tag. */
    public sealed interface Checked {
        /**
         * Written down, or not worth it.
         *
         * @param news whether the look brought something new, or another one did a moment ago
         */
        record Done(boolean news) implements Checked {}

        /** The registry did not answer; ask again after this. */
        record AskAgain(@Nullable Duration retryAfter) implements Checked {}
    }

    /** Hears how scans end and what is known between them; for status. Called by the lane. */
    public interface ScanListener {
        void scanned(WatchedFeed watched, FeedMemory memory, Scan scan, Instant finishedAt);

        /** The resources have changed, or single tags have, since this last good scan. */
        void known(WatchedFeed watched, FeedMemory memory, Scan last);

        void failed(WatchedFeed watched, FeedMemory memory, FeedMemory.Failure failure);
    }

    /** @param auditWindow how long the log remembers that a tag was removed */
    public FeedWorker(
            Feed feed,
            FeedMemory memory,
            Registry registry,
            EventLog log,
            Clock clock,
            Supplier<String> scanIds,
            ScanListener listener,
            Duration auditWindow) {
        this.feed = feed;
        this.memory = memory;
        this.registry = registry;
        this.log = log;
        this.clock = clock;
        this.scanIds = scanIds;
        this.listener = listener;
        this.auditWindow = auditWindow;
    }

    public FeedMemory memory() {
        return memory;
    }

    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /**
     * Reads the whole list and writes the difference after its last page.
     *
     * @param cause the event that asks for it, null for a scan that is due
     * @param between called between two pages
     */
    public void scan(WatchedFeed watched, Urgency urgency, @Nullable Envelope<?> cause, Runnable between) {
        Scan scan = newScan();
        TagScan tagScan = TagScan.begin(memory.tags());
        running = tagScan;
        runningScan = scan;
        Registry.Listing listing;
        try {
            listing = registry.list(watched.place(), urgency, new Registry.TagSink() {
                @Override
                public boolean tag(String tag) {
                    return isTag(tag) && tagScan.count() <= MAX_TAGS && tagScan.listed(tag);
                }

                @Override
                public void pageEnd() {
                    between.run();
                }
            });
        } finally {
            running = null;
            runningScan = null;
        }
        switch (listing) {
            case Registry.Failed failed -> failed(watched, scan, cause, failed);
            case Registry.Listing.Complete complete
            when tagScan.count() > MAX_TAGS ->
                failed(
                        watched,
                        scan,
                        cause,
                        new Registry.Failed(
                                Event.ScanFailure.UNREADABLE_ANSWER,
                                "the registry lists more than " + MAX_TAGS + " tags for " + feed.image(),
                                null));
            case Registry.Listing.Complete complete -> completed(watched, scan, cause, tagScan.difference());
        }
    }

    private void completed(WatchedFeed watched, Scan scan, @Nullable Envelope<?> cause, TagScan.Difference difference) {
        boolean first = !memory.scannedBefore();
        boolean noteworthy = first || memory.unfinished() || memory.failure() != null || !difference.isEmpty();
        Instant now = clock.instant();
        List<Event> batch = new ArrayList<>();
        for (String tag : difference.added()) {
            batch.add(new Event.TagDiscovered(feed, tag, null, scan, Scope.SCAN, first ? null : now));
            flush(batch, scan, cause, BATCH);
        }
        for (KnownTags.Known gone : difference.removed()) {
            batch.add(new Event.TagRemoved(feed, gone.tag(), scan, Scope.SCAN));
            flush(batch, scan, cause, BATCH);
        }
        flush(batch, scan, cause, 1);
        KnownTags tags = memory.tags();
        if (noteworthy) {
            batch.add(new Event.ScanCompleted(
                    feed,
                    scan,
                    tags.size(),
                    difference.added().size(),
                    difference.removed().size(),
                    tags.checksum()));
        }
        // Before the feed's own memory: a scan that counts as done must have said so.
        flush(batch, scan, cause, 1);
        Instant due = scan.startedAt().plus(watched.interval());
        batch.add(new Event.FeedScanned(feed, scan, tags.size(), tags.checksum(), due));
        flush(batch, scan, cause, 1);
        forgetLongGone(now);
        listener.scanned(watched, memory, scan, now);
    }

    private void forgetLongGone(Instant now) {
        List<String> gone = memory.removedBefore(now.minus(auditWindow));
        for (int from = 0; from < gone.size(); from += BATCH) {
            List<String> batch = gone.subList(from, Math.min(gone.size(), from + BATCH));
            log.forget(feed, batch);
            batch.forEach(memory::forget);
        }
    }

    /** Remembers only what the broker has: a broker that goes away in the middle costs a repetition, no knowledge. */
    private void flush(List<Event> batch, Scan scan, @Nullable Envelope<?> cause, int from) {
        if (batch.size() >= from) {
            log.append(batch.stream()
                    .<Envelope<?>>map(event -> envelope(event, scan, cause))
                    .toList());
            Instant written = clock.instant();
            batch.forEach(event -> memory.apply(event, written));
            batch.clear();
        }
    }

    private void failed(WatchedFeed watched, Scan scan, @Nullable Envelope<?> cause, Registry.Failed failed) {
        FeedMemory.Failure before = memory.failure();
        FeedMemory.Failure failure = new FeedMemory.Failure(failed.reason(), failed.message());
        Instant due = clock.instant().plus(Backoff.delay(memory.failures() + 1, failed.retryAfter()));
        if (before == null || before.reason() != failure.reason()) {
            Event event = new Event.ScanFailed(feed, scan, failed.reason(), failed.message(), due);
            log.append(List.of(envelope(event, scan, cause)));
        }
        memory.failed(failure, scan, due);
        listener.failed(watched, memory, failure);
    }

    /**
     * Something else than the registry's answer went wrong: the outcome is a failed scan like any other, in status and
     * in the log.
     *
     * @param why what went wrong, without anything secret
     * @throws RuntimeException when it cannot be told either
     */
    public void faulted(WatchedFeed watched, String why, Instant nextTry) {
        FeedMemory.Failure before = memory.failure();
        FeedMemory.Failure failure = new FeedMemory.Failure(Event.ScanFailure.UNREADABLE_ANSWER, why);
        Scan scan = newScan();
        memory.failed(failure, scan, nextTry);
        listener.failed(watched, memory, failure);
        if (before == null || before.reason() != failure.reason()) {
            Event event = new Event.ScanFailed(feed, scan, failure.reason(), why, nextTry);
            log.append(List.of(envelope(event, scan, null)));
        }
    }

    /** Tells the listener what is known, for resources that are new to the feed or changed, and after single looks. */
    public void report(WatchedFeed watched) {
        Scan last = memory.lastScan();
        FeedMemory.Failure failure = memory.failure();
        if (failure != null) {
            listener.failed(watched, memory, failure);
        } else if (last != null) {
            listener.known(watched, memory, last);
        }
    }

    /**
     * Looks at one tag and writes what is new about it. Who waits for the answer gets one in any case, also that there is
     * no such tag; for everybody else a tag that is not there is a matter of the next list.
     */
    public Checked look(WatchedFeed watched, String tag, TagCheck.Purpose purpose, Envelope<?> cause) {
        boolean awaited = purpose == TagCheck.Purpose.ASKED;
        Registry.Look look = purpose == TagCheck.Purpose.FOLLOWED
                ? registry.look(watched.place(FOLLOWING), Urgency.ROUTINE, tag)
                : registry.look(watched.place(), Urgency.AWAITED, tag);
        return switch (look) {
            case Registry.Look.Found(String digest) -> new Checked.Done(found(tag, digest, awaited, cause));
            case Registry.Look.Gone gone -> {
                if (awaited) {
                    gone(tag, cause);
                }
                yield new Checked.Done(false);
            }
            case Registry.Failed failed -> new Checked.AskAgain(failed.retryAfter());
        };
    }

    private void gone(String tag, Envelope<?> cause) {
        append(new Event.TagRemoved(feed, tag, lookOrRunningScan(), Scope.TAG), cause);
        if (running != null) {
            running.gone(tag);
        }
    }

    private boolean found(String tag, String digest, boolean awaited, Envelope<?> cause) {
        Optional<KnownTags.Known> known = memory.tags().find(tag);
        boolean fresh = known.isEmpty() || !digest.equals(known.get().digest());
        if (awaited || fresh) {
            Instant firstSeen = known.isEmpty() ? clock.instant() : known.get().firstSeen();
            append(new Event.TagDiscovered(feed, tag, digest, lookOrRunningScan(), Scope.TAG, firstSeen), cause);
        }
        if (running != null) {
            running.confirmed(tag);
        }
        return (known.isEmpty() || hasMoved(known.get(), digest))
                ? news.note(tag, clock.instant())
                : news.has(tag, clock.instant()) || foundSince(known.get(), cause.time());
    }

    /** A list names no digests: the first one of a tag that was listed is no news of a push. */
    private static boolean hasMoved(KnownTags.Known known, String digest) {
        return known.digest() != null && !known.digest().equals(digest);
    }

    /** What a webhook told of was found already: it is read again after a restart. */
    private static boolean foundSince(KnownTags.Known known, Instant told) {
        return known.firstSeen() != null && !known.firstSeen().isBefore(told);
    }

    private void append(Event event, Envelope<?> cause) {
        log.append(List.of(cause.causes(event, SOURCE, clock.instant())));
        memory.apply(event, clock.instant());
    }

    private Envelope<?> envelope(Event event, Scan scan, @Nullable Envelope<?> cause) {
        return cause == null
                ? Envelope.correlated(event, SOURCE, clock.instant(), scan.id())
                : cause.causes(event, SOURCE, clock.instant());
    }

    /**
     * A look between two pages belongs to the scan that runs: readers ignore scans older than the newest they have seen,
     * so a newer one of its own would make them ignore the running one's difference.
     */
    private Scan lookOrRunningScan() {
        Scan current = runningScan;
        return current == null ? newScan() : current;
    }

    private Scan newScan() {
        return new Scan(scanIds.get(), clock.instant());
    }
}

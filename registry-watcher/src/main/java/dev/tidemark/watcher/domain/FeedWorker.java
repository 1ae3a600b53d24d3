package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Topic;
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
 * Asks the registry about one feed and writes down what is new. Never called by two threads at once; what is urgent may
 * come in between two pages of a scan.
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
    private final FeedState state;
    private final Registry registry;
    private final FeedLog log;
    private final Clock clock;
    private final RetryDelay retries;
    private final Supplier<String> scanIds;
    private final ScanListener listener;
    private final Duration auditWindow;
    private final RecentNews news = new RecentNews();
    private @Nullable TagScan running;
    private @Nullable Scan runningScan;

    /** What came of asking for one tag. */
    public sealed interface Checked {
        /**
         * Written down, or not worth it.
         *
         * @param news whether it brought something new, or another answer did a moment ago
         */
        record Done(boolean news) implements Checked {}

        /** The registry did not answer; ask again after this. */
        record AskAgain(@Nullable Duration retryAfter) implements Checked {}
    }

    /** Hears how scans end and what is known between them; for status. */
    public interface ScanListener {
        void scanned(WatchedFeed watched, FeedState state, Scan scan, Instant finishedAt);

        /** The resources have changed, or single tags have, since this last good scan. */
        void known(WatchedFeed watched, FeedState state, Scan last);

        void failed(WatchedFeed watched, FeedState state, FeedState.Failure failure);
    }

    /** @param auditWindow how long the log keeps that a tag was removed */
    public FeedWorker(
            Feed feed,
            FeedState state,
            Registry registry,
            FeedLog log,
            Clock clock,
            RetryDelay retries,
            Supplier<String> scanIds,
            ScanListener listener,
            Duration auditWindow) {
        this.feed = feed;
        this.state = state;
        this.registry = registry;
        this.log = log;
        this.clock = clock;
        this.retries = retries;
        this.scanIds = scanIds;
        this.listener = listener;
        this.auditWindow = auditWindow;
    }

    public FeedState state() {
        return state;
    }

    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /**
     * Reads the whole list and writes the difference after its last page.
     *
     * @param cause the event that asks for it, null for a scan that is due
     */
    public void scan(WatchedFeed watched, Urgency urgency, @Nullable Envelope<?> cause, DuringScan during) {
        Instant began = clock.instant();
        Scan scan = newScan();
        TagScan tagScan = TagScan.begin(state.tags());
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
                    during.pageEnded();
                }
            });
        } finally {
            running = null;
            runningScan = null;
        }
        switch (listing) {
            case Registry.Failed failed -> failed(watched, scan, urgency, cause, failed);
            case Registry.Listing.Complete complete
            when tagScan.count() > MAX_TAGS ->
                failed(
                        watched,
                        scan,
                        urgency,
                        cause,
                        new Registry.Failed(
                                Event.ScanFailure.UNREADABLE_ANSWER,
                                "the registry lists more than " + MAX_TAGS + " tags for " + feed.image(),
                                null));
            case Registry.Listing.Complete complete ->
                completed(watched, scan, began, cause, tagScan.difference(), during);
        }
    }

    private void completed(
            WatchedFeed watched,
            Scan scan,
            Instant began,
            @Nullable Envelope<?> cause,
            TagScan.Difference difference,
            DuringScan during) {
        boolean first = !state.scannedBefore();
        boolean noteworthy = first || state.unfinished() || state.failure() != null || !difference.isEmpty();
        Instant now = clock.instant();
        List<FeedEvent> batch = new ArrayList<>();
        for (String tag : difference.added()) {
            batch.add(new Event.TagDiscovered(feed, tag, null, scan, Scope.SCAN, first ? null : now));
            flush(batch, scan, cause, BATCH);
        }
        for (KnownTags.Known gone : difference.removed()) {
            batch.add(new Event.TagRemoved(feed, gone.tag(), scan, Scope.SCAN));
            flush(batch, scan, cause, BATCH);
        }
        flush(batch, scan, cause, 1);
        KnownTags tags = state.tags();
        if (noteworthy) {
            batch.add(new Event.ScanCompleted(
                    feed,
                    scan,
                    tags.size(),
                    difference.added().size(),
                    difference.removed().size(),
                    tags.checksum()));
        }
        // Before what the feed's state says: a scan that counts as done must have said so.
        flush(batch, scan, cause, 1);
        Instant due = during.owesAnother() ? clock.instant() : began.plus(watched.interval());
        batch.add(new Event.FeedScanned(feed, scan, tags.size(), tags.checksum(), due));
        flush(batch, scan, cause, 1);
        forgetLongGone(now);
        listener.scanned(watched, state, scan, now);
    }

    private void forgetLongGone(Instant now) {
        List<String> gone = state.removedBefore(now.minus(auditWindow));
        for (int from = 0; from < gone.size(); from += BATCH) {
            List<String> batch = gone.subList(from, Math.min(gone.size(), from + BATCH));
            log.append(tombstones(batch));
            batch.forEach(state::forget);
        }
    }

    private List<Publication> tombstones(List<String> tags) {
        return tags.stream()
                .<Publication>map(tag -> new Publication.Tombstone(Topic.TAG_DISCOVERED, Keys.tag(feed, tag)))
                .toList();
    }

    /** Nobody has named the feed for the audit window: the log forgets it too, its own records last. */
    public void forgetFeed() {
        List<String> tags = state.allTags();
        for (int from = 0; from < tags.size(); from += BATCH) {
            log.append(tombstones(tags.subList(from, Math.min(tags.size(), from + BATCH))));
        }
        log.append(List.of(
                new Publication.Tombstone(Topic.TAG_DISCOVERED, feed.text()),
                new Publication.Tombstone(Topic.FEED_SCANNED, feed.text())));
    }

    /** Knows only what the broker has: a broker that goes away in the middle costs a repetition, no knowledge. */
    private void flush(List<FeedEvent> batch, Scan scan, @Nullable Envelope<?> cause, int from) {
        if (batch.size() >= from) {
            write(batch, scan, cause);
            batch.clear();
        }
    }

    private void write(List<FeedEvent> events, Scan scan, @Nullable Envelope<?> cause) {
        log.append(events.stream()
                .<Publication>map(event -> new Publication.Fact(envelope(event, scan, cause)))
                .toList());
        Instant written = clock.instant();
        events.forEach(event -> state.apply(event, written));
    }

    private void failed(
            WatchedFeed watched, Scan scan, Urgency urgency, @Nullable Envelope<?> cause, Registry.Failed failed) {
        Instant nextTry = clock.instant().plus(retries.after(state.failures() + 1, failed.retryAfter()));
        FeedState.Failure failure = new FeedState.Failure(failed.reason(), failed.message());
        failed(watched, scan, urgency, cause, failure, nextTry);
    }

    /**
     * Something else than the registry's answer went wrong: the outcome is a failed scan like any other, in status and
     * in the log.
     *
     * @param why what went wrong, without anything secret
     * @throws RuntimeException when it cannot be written either
     */
    public void faulted(WatchedFeed watched, Urgency urgency, String why, Instant nextTry) {
        FeedState.Failure failure = new FeedState.Failure(Event.ScanFailure.UNREADABLE_ANSWER, why);
        failed(watched, newScan(), urgency, null, failure, nextTry);
    }

    private void failed(
            WatchedFeed watched,
            Scan scan,
            Urgency urgency,
            @Nullable Envelope<?> cause,
            FeedState.Failure failure,
            Instant nextTry) {
        FeedState.Failure before = state.failure();
        List<FeedEvent> events = new ArrayList<>();
        if (before == null || before.reason() != failure.reason()) {
            events.add(new Event.ScanFailed(feed, scan, failure.reason(), failure.message(), nextTry));
        }
        if (urgency == Urgency.AWAITED) {
            dueAtOnce().ifPresent(events::add);
        }
        if (events.isEmpty()) {
            log.prove();
        } else {
            write(events, scan, cause);
        }
        state.failed(failure, scan, nextTry);
        listener.failed(watched, state, failure);
    }

    /**
     * What was notified counts as finished from now on, although the registry has not answered: the log says that the feed
     * is to be scanned at once after a start, which finds it (DESIGN 9).
     */
    public void oweScan(Envelope<?> cause) {
        dueAtOnce().ifPresent(owed -> write(List.of(owed), owed.scan(), cause));
    }

    /** Empty where the log says so already: by itself, or since it knows of no scan at all. */
    private Optional<Event.FeedScanned> dueAtOnce() {
        Scan last = state.lastScan();
        KnownTags tags = state.tags();
        return last == null || state.isDueAtOnce()
                ? Optional.empty()
                : Optional.of(new Event.FeedScanned(feed, last, tags.size(), tags.checksum(), clock.instant()));
    }

    /** Tells the listener what is known, for resources that are new to the feed or changed, and after single tags. */
    public void report(WatchedFeed watched) {
        Scan last = state.lastScan();
        FeedState.Failure failure = state.failure();
        if (failure == null && last == null) {
            return;
        }
        log.prove();
        if (failure != null) {
            listener.failed(watched, state, failure);
        } else if (last != null) {
            listener.known(watched, state, last);
        }
    }

    /**
     * Resolves one tag and writes what is new about it. Who waits for the answer gets one in any case, also that there is
     * no such tag; for everybody else a tag that is not there is a matter of the next list.
     */
    public Checked resolve(WatchedFeed watched, String tag, TagCheck.Purpose purpose, Envelope<?> cause) {
        boolean awaited = purpose == TagCheck.Purpose.ASKED;
        Registry.Resolution answer = purpose == TagCheck.Purpose.FOLLOWED
                ? registry.resolve(watched.place(FOLLOWING), Urgency.ROUTINE, tag)
                : registry.resolve(watched.place(), Urgency.AWAITED, tag);
        return switch (answer) {
            case Registry.Resolution.Found(String digest) -> new Checked.Done(found(tag, digest, awaited, cause));
            case Registry.Resolution.Gone gone -> {
                if (awaited) {
                    gone(tag, cause);
                }
                yield new Checked.Done(false);
            }
            case Registry.Failed failed -> new Checked.AskAgain(failed.retryAfter());
        };
    }

    private void gone(String tag, Envelope<?> cause) {
        append(new Event.TagRemoved(feed, tag, ownOrRunningScan(), Scope.TAG), cause);
        if (running != null) {
            running.gone(tag);
        }
    }

    private boolean found(String tag, String digest, boolean awaited, Envelope<?> cause) {
        Optional<KnownTags.Known> known = state.tags().find(tag);
        boolean fresh = known.isEmpty() || !digest.equals(known.get().digest());
        if (awaited || fresh) {
            Instant firstSeen = known.isEmpty() ? clock.instant() : known.get().firstSeen();
            append(new Event.TagDiscovered(feed, tag, digest, ownOrRunningScan(), Scope.TAG, firstSeen), cause);
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

    /** What a webhook named was found already: it is read again after a restart. */
    private static boolean foundSince(KnownTags.Known known, Instant told) {
        return known.firstSeen() != null && !known.firstSeen().isBefore(told);
    }

    private void append(FeedEvent event, Envelope<?> cause) {
        log.append(List.of(new Publication.Fact(cause.causes(event, SOURCE, clock.instant()))));
        state.apply(event, clock.instant());
    }

    private Envelope<?> envelope(FeedEvent event, Scan scan, @Nullable Envelope<?> cause) {
        return cause == null
                ? Envelope.correlated(event, SOURCE, clock.instant(), scan.id())
                : cause.causes(event, SOURCE, clock.instant());
    }

    /**
     * A tag that is resolved between two pages belongs to the scan that runs: readers ignore scans older than the newest they have seen,
     * so a newer one of its own would make them ignore the running one's difference.
     */
    private Scan ownOrRunningScan() {
        Scan current = runningScan;
        return current == null ? newScan() : current;
    }

    private Scan newScan() {
        return new Scan(scanIds.get(), state.nextScan(clock.instant()));
    }
}

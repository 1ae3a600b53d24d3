package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the registry about one feed and writes down what is new. Never called by two threads at once; what is urgent may
 * come in between two pages of a scan.
 */
public final class FeedWorker {

    public static final String SOURCE = "registry-watcher";

    private static final int LONGEST_TAG = 128;

    private final FeedState state;
    private final FeedWriter writer;
    private final FeedScanner scanner;
    private final TagResolver resolver;
    private final LateMender mender;
    private final RunningScan running = new RunningScan();
    private final Clock clock;
    private final RetryDelay retries;
    private final ScanListener listener;
    private final Feed feed;

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

    /**
     * @param epoch of the owner, the offset of its claim
     * @param auditWindow how long the log keeps that a tag was removed
     * @param readBack how far the owner has read its partition
     */
    public FeedWorker(
            Feed feed,
            long epoch,
            FeedState state,
            Registry registry,
            FeedLog log,
            Clock clock,
            RetryDelay retries,
            Supplier<String> scanIds,
            ScanListener listener,
            Duration auditWindow,
            ReadBack readBack,
            BaseLimits limits,
            ScanRoom room) {
        this.feed = feed;
        this.state = state;
        this.clock = clock;
        this.retries = retries;
        this.listener = listener;
        RecentNews news = new RecentNews();
        this.writer = new FeedWriter(feed, epoch, state, log, clock, scanIds, readBack);
        NewsWriter changed = new NewsWriter(feed, state, writer, limits);
        BaseWriter bases = new BaseWriter(feed, state, writer, limits);
        this.mender = new LateMender(feed, state, writer, changed, bases, clock);
        this.scanner = new FeedScanner(
                feed, state, registry, writer, changed, bases, limits, room, running, news, clock, auditWindow);
        this.resolver = new TagResolver(feed, state, registry, writer, running, news, clock);
    }

    public FeedState state() {
        return state;
    }

    /** By the grammar of the distribution spec; a registry that lists something else is not believed on it. */
    public static boolean isTag(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TAG || text.charAt(0) == '.' || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isOfTags(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfTags(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || ".-_".indexOf(c) >= 0;
    }

    /** The number of the next scan, between two pieces of work. */
    public long nextScan() {
        return writer.newestNumber() + 1;
    }

    /**
     * Reads the whole list and writes the difference after its last page.
     *
     * @param cause the event that asks for it, null for a scan that is due
     */
    public void scan(WatchedFeed watched, Urgency urgency, @Nullable Envelope<?> cause, DuringScan during) {
        switch (scanner.scan(watched, urgency, cause, during)) {
            case FeedScanner.Ended.Good(Scan scan, Instant at) -> listener.scanned(watched, state, scan, at);
            case FeedScanner.Ended.Bad(Scan scan, Registry.Failed failed) -> {
                Instant nextTry = clock.instant().plus(retries.after(state.failures() + 1, failed.retryAfter()));
                FeedState.Failure failure = new FeedState.Failure(failed.reason(), failed.message());
                failed(watched, scan, urgency, cause, failure, nextTry);
            }
        }
    }

    /** Resolves one tag and writes what is new about it. */
    public Checked resolve(WatchedFeed watched, TagCheck check) {
        return resolver.resolve(watched, check);
    }

    /** Nobody has named the feed for the audit window: the log forgets it too. */
    public void forgetFeed() {
        writer.eraseFeed();
    }

    /** What we know stands behind what an earlier owner has written late. */
    public void restate(LateWrites late) {
        mender.mend(late);
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
        Scan current = running.scan();
        failed(watched, current == null ? writer.newScan() : current, urgency, null, failure, nextTry);
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
        if (before == null || before.reason() != failure.reason() || state.isContested()) {
            events.add(new ScanFailed(feed, scan, failure.reason(), failure.message(), nextTry));
        }
        if (urgency == Urgency.AWAITED) {
            dueAtOnce().ifPresent(events::add);
        }
        if (events.isEmpty()) {
            writer.prove();
        } else {
            writer.write(events, scan, cause);
        }
        state.failed(scan, failure, nextTry);
        listener.failed(watched, state, failure);
    }

    /**
     * What was notified counts as finished from now on, although the registry has not answered: the log says that the feed
     * is to be scanned at once after a start, which finds it (DESIGN 9).
     */
    public void oweScan(Envelope<?> cause) {
        dueAtOnce().ifPresent(owed -> writer.write(List.of(owed), owed.scan(), cause));
    }

    /** Empty where the log says so already: by itself, or since it knows of no scan at all. */
    private Optional<Event.FeedScanned> dueAtOnce() {
        Scan last = state.lastScan();
        return last == null || state.isDueAtOnce()
                ? Optional.empty()
                : Optional.of(writer.scanned(last, clock.instant()));
    }

    /** Tells the listener what is known, for resources that are new to the feed or changed, and after single tags. */
    public void report(WatchedFeed watched) {
        Scan last = state.lastScan();
        FeedState.Failure failure = state.failure();
        if (failure == null && last == null) {
            return;
        }
        writer.prove();
        if (failure != null) {
            listener.failed(watched, state, failure);
        } else if (last != null) {
            listener.known(watched, state, last);
        }
    }
}

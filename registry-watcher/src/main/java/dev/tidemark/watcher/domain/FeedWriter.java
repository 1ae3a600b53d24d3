package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.Keys;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.Topic;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is written of one feed in one epoch of its owner. Numbers the scans, and knows only what the broker has: a broker
 * that goes away in the middle costs a repetition, no knowledge.
 */
final class FeedWriter {

    /** Events appended at once: enough to fill the pipe, small enough to hold. */
    private static final int BATCH = 500;

    /** No event's id. */
    private static final String UNKNOWN = "";

    private final Feed feed;
    private final long epoch;
    private final FeedState state;
    private final FeedLog log;
    private final Clock clock;
    private final Supplier<String> scanIds;
    private final ReadBack readBack;

    /** Of the newest scan. */
    private long number;

    /** The newest event about tags that the broker has, by its id; behind a fault whatever comes next. */
    private String lastWritten = UNKNOWN;

    /** Whether there are, or may be, pages of news that no base has taken in. */
    private boolean hasOpenPages;

    FeedWriter(
            Feed feed,
            long epoch,
            FeedState state,
            FeedLog log,
            Clock clock,
            Supplier<String> scanIds,
            ReadBack readBack) {
        this.feed = feed;
        this.epoch = epoch;
        this.state = state;
        this.log = log;
        this.clock = clock;
        this.scanIds = scanIds;
        this.readBack = readBack;
    }

    /** One that is newer than all before. */
    Scan newScan() {
        number++;
        return new Scan(scanIds.get(), clock.instant(), epoch, number);
    }

    long newestNumber() {
        return number;
    }

    void prove() {
        log.prove();
    }

    /** Writes a fact of each, a batch at a time. */
    <T> void write(List<T> of, Function<T, ? extends FeedEvent> fact, Scan scan, @Nullable Envelope<?> cause) {
        for (int from = 0; from < of.size(); from += BATCH) {
            write(
                    of.subList(from, Math.min(of.size(), from + BATCH)).stream()
                            .<FeedEvent>map(fact)
                            .toList(),
                    scan,
                    cause);
        }
    }

    void write(List<? extends FeedEvent> batch, Scan scan, @Nullable Envelope<?> cause) {
        append(batch, scan, cause);
        Instant written = clock.instant();
        batch.forEach(event -> state.apply(event, written));
    }

    /** Without taking it in. */
    void append(List<? extends FeedEvent> batch, Scan scan, @Nullable Envelope<?> cause) {
        List<Publication> facts = new ArrayList<>(batch.size());
        String newest = lastWritten;
        for (FeedEvent event : batch) {
            Envelope<?> envelope = envelope(event, scan, cause);
            facts.add(new Publication.Fact(envelope));
            newest = envelope.type().topic() == Topic.TAG_DISCOVERED ? envelope.id() : newest;
            hasOpenPages |= event instanceof TagsChanged;
        }
        try {
            log.append(facts);
        } catch (LogUnavailableException fault) {
            lastWritten = UNKNOWN;
            batch.forEach(state::doubt);
            throw fault;
        }
        lastWritten = newest;
    }

    /**
     * Whether all news pages of ours lie at or before what was read back: those that a base does not take in lie on top of
     * it for good, whatever they say.
     */
    boolean hasReadPages() {
        return !hasOpenPages || (!lastWritten.equals(UNKNOWN) && lastWritten.equals(readBack.newest()));
    }

    /** The offset up to which a base takes in what the log has. */
    long through() {
        return readBack.through();
    }

    /** A base has taken in all pages. */
    void closePages() {
        hasOpenPages = false;
    }

    private Envelope<?> envelope(FeedEvent event, Scan scan, @Nullable Envelope<?> cause) {
        return cause == null
                ? Envelope.correlated(event, FeedWorker.SOURCE, clock.instant(), scan.id())
                : cause.causes(event, FeedWorker.SOURCE, clock.instant());
    }

    /** The newest good scan, and when the next one is due. */
    Event.FeedScanned scanned(Scan last, Instant due) {
        KnownTags tags = state.tags();
        return new Event.FeedScanned(feed, last, tags.size(), tags.checksum(), due, epoch);
    }

    /** The log is to forget these, and so do we. */
    void erase(List<? extends FeedKey> keys) {
        for (int from = 0; from < keys.size(); from += BATCH) {
            List<? extends FeedKey> batch = keys.subList(from, Math.min(keys.size(), from + BATCH));
            log.append(batch.stream()
                    .map(key -> tombstone(Topic.TAG_DISCOVERED, key.text()))
                    .toList());
            batch.forEach(state::forget);
        }
    }

    /** Nobody has named the feed for the audit window: the log forgets it too, its own records last. */
    void eraseFeed() {
        // who names it again in the middle of that finds half of it
        state.logged().doubtBase();
        erase(state.logged().keys(feed));
        List<Publication> last = new ArrayList<>();
        last.add(tombstone(Topic.TAG_DISCOVERED, feed.text()));
        if (state.hasFailed()) {
            last.add(tombstone(Topic.FEED_SCANNED, Keys.failure(feed)));
        }
        last.add(tombstone(Topic.FEED_SCANNED, feed.text()));
        log.append(last);
    }

    /** The log is to forget how scans went: nothing is known of any. */
    void eraseOutcome() {
        log.append(List.of(
                tombstone(Topic.TAG_DISCOVERED, feed.text()), tombstone(Topic.FEED_SCANNED, Keys.failure(feed))));
    }

    /** The log is to forget when the feed is due: nobody has scanned it. */
    void eraseSchedule() {
        log.append(List.of(tombstone(Topic.FEED_SCANNED, feed.text())));
    }

    private Publication tombstone(Topic topic, String key) {
        return new Publication.Tombstone(topic, key, Map.of(Publication.Tombstone.EPOCH_HEADER, Long.toString(epoch)));
    }
}

package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Topic;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Feed feed;
    private final long epoch;
    private final FeedState state;
    private final FeedLog log;
    private final Clock clock;
    private final Supplier<String> scanIds;

    /** Of the newest scan. */
    private long number;

    FeedWriter(Feed feed, long epoch, FeedState state, FeedLog log, Clock clock, Supplier<String> scanIds) {
        this.feed = feed;
        this.epoch = epoch;
        this.state = state;
        this.log = log;
        this.clock = clock;
        this.scanIds = scanIds;
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
        log.append(batch.stream()
                .<Publication>map(event -> new Publication.Fact(envelope(event, scan, cause)))
                .toList());
        Instant written = clock.instant();
        batch.forEach(event -> state.apply(event, written));
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

    /** The log is to forget these tags, and so do we. */
    void erase(List<String> tags) {
        for (int from = 0; from < tags.size(); from += BATCH) {
            List<String> batch = tags.subList(from, Math.min(tags.size(), from + BATCH));
            log.append(batch.stream()
                    .map(tag -> tombstone(Topic.TAG_DISCOVERED, Keys.tag(feed, tag)))
                    .toList());
            batch.forEach(state::forget);
        }
    }

    /** Nobody has named the feed for the audit window: the log forgets it too, its own records last. */
    void eraseFeed() {
        erase(state.allTags());
        List<Publication> last = new ArrayList<>();
        last.add(tombstone(Topic.TAG_DISCOVERED, feed.text()));
        if (state.hasFailed()) {
            last.add(tombstone(Topic.FEED_SCANNED, Keys.failure(feed)));
        }
        last.add(tombstone(Topic.FEED_SCANNED, feed.text()));
        log.append(last);
    }

    private Publication tombstone(Topic topic, String key) {
        return new Publication.Tombstone(topic, key, Map.of(Publication.Tombstone.EPOCH_HEADER, Long.toString(epoch)));
    }

    /**
     * What we know stands behind what somebody else has written under these keys. First of all the log says that the feed
     * is to be scanned at once: what was written late may be true, and its writer may have counted on it.
     */
    void restate(LateWrites late) {
        Scan last = state.lastScan();
        List<Publication> gone = new ArrayList<>();
        if (last != null) {
            write(List.of(scanned(last, clock.instant())), last, null);
        } else if (late.schedule()) {
            gone.add(tombstone(Topic.FEED_SCANNED, feed.text()));
        }
        restateTags(late.all() ? state.allTags() : List.copyOf(late.tags()));
        if (late.outcome() && (state.scannedBefore() || state.failure() != null)) {
            state.contested();
        } else if (late.outcome()) {
            gone.add(tombstone(Topic.TAG_DISCOVERED, feed.text()));
            gone.add(tombstone(Topic.FEED_SCANNED, Keys.failure(feed)));
        }
        if (!gone.isEmpty()) {
            log.append(gone);
        }
    }

    private void restateTags(List<String> tags) {
        if (tags.isEmpty()) {
            return;
        }
        Scan scan = newScan();
        List<FeedEvent> facts = new ArrayList<>();
        List<String> nothing = new ArrayList<>();
        for (String tag : tags) {
            Optional<KnownTags.Known> known = state.tags().find(tag);
            if (known.isPresent()) {
                String digest = known.get().digest();
                Instant firstSeen = known.get().firstSeen();
                facts.add(new Event.TagDiscovered(feed, tag, digest, scan, Event.Scope.TAG, firstSeen));
            } else if (state.wasRemoved(tag)) {
                // as a list says it: it is no answer of the registry about this very tag
                facts.add(new Event.TagRemoved(feed, tag, scan, Event.Scope.SCAN));
            } else {
                nothing.add(tag);
            }
        }
        write(facts, fact -> fact, scan, null);
        erase(nothing);
    }
}

package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.NewestEpoch;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.watcher.domain.FeedState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a new owner reads of its partition, its own claim included: what is known of the feeds, and what earlier owners have
 * written behind a later one's claim. For one thread.
 */
final class LoadedPartition {

    /** As many webhooks of a partition may be under way (see {@code RegistryWatcher}): only those are read again. */
    private static final int MAX_ANSWERED = 5_000;

    private final int partition;
    private final PartitionClaim claim;
    private final Map<Feed, FeedState> states = new HashMap<>();
    private final Map<Feed, LateKeys> late = new HashMap<>();
    private final Map<Topic, Long> next = new EnumMap<>(Map.of(Topic.TAG_DISCOVERED, 0L, Topic.FEED_SCANNED, 0L));
    private final Map<String, Boolean> answered = new LinkedHashMap<>();
    private final NewestEpoch owners = new NewestEpoch();
    private final NewestEpoch schedulers = new NewestEpoch();
    private long epoch = ScanOrder.NO_EPOCH;

    LoadedPartition(int partition, PartitionClaim claim) {
        this.partition = partition;
        this.claim = claim;
    }

    void take(LogRecord record) {
        next.put(record.topic(), record.offset() + 1);
        Envelope<?> envelope = record.envelope();
        if (envelope != null && envelope.event() instanceof Event.PartitionClaimed claimed) {
            claimed(claimed, record.offset());
        } else if (!counts(record)) {
            Feed feed = feedOf(record.key());
            late.computeIfAbsent(feed, one -> new LateKeys()).add(record.topic(), record.key());
        } else if (envelope == null) {
            forget(record.topic(), record.key());
        } else if (envelope.event() instanceof FeedEvent event) {
            FeedState state = states.computeIfAbsent(event.feed(), feed -> new FeedState());
            state.apply(event, envelope.time(), record.offset());
            if (event instanceof ScanFailed && record.topic() == Topic.TAG_DISCOVERED) {
                // of an older watcher: who reads how feeds are does not find it there
                state.contested();
            }
            remember(envelope);
        } else {
            throw new IllegalArgumentException(
                    "not about a feed: " + envelope.type().wireName());
        }
    }

    private void claimed(Event.PartitionClaimed other, long offset) {
        owners.claimed(offset);
        if (claim.isOwn(other)) {
            epoch = offset;
        }
    }

    /** The topics are read one after the other: of the second one it is known who can have written it, and no more. */
    private boolean counts(LogRecord record) {
        return record.topic() == Topic.TAG_DISCOVERED
                ? owners.admits(record.ownerEpoch(), record.offset())
                : schedulers.admits(record.ownerEpoch(), owners.value());
    }

    private void remember(Envelope<?> envelope) {
        String cause = envelope.causationid();
        if (cause != null && envelope.event() instanceof Event.TagDiscovered) {
            answered.remove(cause);
            answered.put(cause, true);
            if (answered.size() > MAX_ANSWERED) {
                answered.remove(answered.keySet().iterator().next());
            }
        }
    }

    static Feed feedOf(String key) {
        int bar = key.indexOf('|');
        return Feed.parse(bar < 0 ? key : key.substring(0, bar));
    }

    /** A feed's own key comes after all others; in the schedule, which is read last, it may be an older one. */
    private void forget(Topic topic, String key) {
        FeedKey.parse(key).ifPresent(named -> {
            FeedState state = states.get(named.feed());
            if (state == null) {
                return;
            }
            state.forget(named);
            boolean nothing = topic == Topic.TAG_DISCOVERED || state.tags().size() == 0;
            if (named instanceof FeedKey.Whole && nothing && state.isForgotten(named.feed())) {
                states.remove(named.feed());
            }
        });
    }

    /** @throws IllegalStateException when somebody has claimed the partition after us, or our claim is not there */
    void end() {
        if (epoch == ScanOrder.NO_EPOCH || owners.value() != epoch) {
            throw new IllegalStateException("partition " + partition + " has another owner: our claim is at " + epoch
                    + ", the newest at " + owners.value());
        }
    }

    /** What was taken over is not needed any more. */
    void forget() {
        states.clear();
        late.clear();
        answered.clear();
    }

    /** Ours, in the log. */
    long epoch() {
        return epoch;
    }

    Map<Feed, FeedState> states() {
        return states;
    }

    Map<Feed, LateKeys> late() {
        return late;
    }

    /** Where the topics go on. */
    Map<Topic, Long> next() {
        return Map.copyOf(next);
    }

    /** The causes of tags that were found. */
    Set<String> answered() {
        return Set.copyOf(answered.keySet());
    }
}

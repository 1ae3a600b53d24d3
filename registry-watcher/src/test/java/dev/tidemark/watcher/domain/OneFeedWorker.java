package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.watcher.domain.TagCheck.Purpose;
import dev.tidemark.watcher.reconcile.LargeScans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker of one feed, with a registry and a log that do as they are told. */
abstract class OneFeedWorker {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    static final WatchedFeed WATCHED = new WatchedFeed(
            FEED, AccessProfile.ANONYMOUS, Duration.ofMinutes(5), Duration.ofMinutes(1), Map.of(), Map.of());
    static final Envelope<?> CAUSE = Envelope.first(
            new Event.RegistryNotified(FEED.image(), "ns/hook", List.of(), "2.0"), "registry-watcher", NOW, "1");
    static final String DIGEST = "sha256:" + "ab".repeat(32);

    static final long EPOCH = 17;

    static final Duration WINDOW = Duration.ofDays(30);

    /** Three tags a page, more than four changes are pages, up to eight changes are no new base. */
    static final BaseLimits LIMITS = new BaseLimits(3, 3, 4, 8);

    final FakeRegistry registry = new FakeRegistry();
    final LargeScans large = new LargeScans();
    final List<Envelope<?>> log = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    final FeedState state = new FeedState();
    int scans;

    @Nullable
    String newest;

    boolean brokerAway;

    /** Records, until it is away. */
    int brokerTakes = Integer.MAX_VALUE;

    /** Whether what is written is read back. */
    boolean reading = true;

    /** Events in the log when the newest tombstone came. */
    int writtenBeforeTombstones;

    final FeedWorker worker = new FeedWorker(
            FEED,
            EPOCH,
            state,
            registry,
            new Log(),
            Clock.fixed(NOW, ZoneOffset.UTC),
            (failures, retryAfter) -> retryAfter == null ? RetryDelay.FIRST : retryAfter,
            () -> "scan-" + ++scans,
            new Silent(),
            WINDOW,
            new Following(),
            LIMITS,
            large);

    void scan() {
        worker.scan(WATCHED, Urgency.ROUTINE, null, () -> {});
    }

    FeedWorker.Checked resolve(String tag, Purpose purpose) {
        return resolve(tag, purpose, worker.nextScan(), false);
    }

    FeedWorker.Checked resolve(String tag, Purpose purpose, long since, boolean answered) {
        return worker.resolve(WATCHED, new TagCheck(tag, purpose, CAUSE, since, answered, how -> {}));
    }

    List<String> written() {
        List<String> texts = log.stream()
                .map(envelope -> switch (envelope.event()) {
                    case Event.TagDiscovered e -> "+" + e.tag() + (e.scope() == Scope.TAG ? "!" : "");
                    case Event.TagRemoved e -> "-" + e.tag() + (e.scope() == Scope.TAG ? "!" : "");
                    case TagsListed e ->
                        e.origin() + " " + e.page() + "/" + e.pages() + " " + String.join(" ", e.tags());
                    case TagsChanged e ->
                        "page " + e.page() + "/" + e.pages() + " +" + String.join(" +", e.added()) + " -"
                                + String.join(" -", e.removed());
                    case Event.ScanCompleted e -> "completed " + e.tagCount() + " +" + e.added() + " -" + e.removed();
                    case Event.FeedScanned e -> "scanned " + e.tagCount();
                    case ScanFailed e -> "failed " + e.reason();
                    default -> throw new AssertionError(envelope);
                })
                .toList();
        log.clear();
        return texts;
    }

    private final class Log implements FeedLog {
        @Override
        public void append(List<? extends Publication> publications) {
            prove();
            for (Publication publication : publications) {
                if (brokerTakes-- <= 0) {
                    throw new LogUnavailableException("away", new IllegalStateException());
                }
                switch (publication) {
                    case Publication.Fact(Envelope<?> envelope) -> {
                        log.add(envelope);
                        boolean read = reading && envelope.type().topic() == Topic.TAG_DISCOVERED;
                        newest = read ? envelope.id() : newest;
                    }
                    case Publication.Tombstone gone -> {
                        forgotten.add(gone.key().substring(gone.key().indexOf('|') + 1));
                        writtenBeforeTombstones = log.size();
                    }
                }
            }
        }

        @Override
        public void prove() {
            if (brokerAway) {
                throw new LogUnavailableException("away", new IllegalStateException());
            }
        }
    }

    /** Has read all that was written. */
    private final class Following implements ReadBack {
        @Override
        public long through() {
            return EPOCH;
        }

        @Override
        public @Nullable String newest() {
            return newest;
        }
    }

    static final class FakeRegistry implements Registry {
        List<List<String>> pages = List.of();
        final Map<String, String> digests = new HashMap<>();
        final List<String> asked = new ArrayList<>();

        @Nullable
        Failed failure;

        @Override
        public Listing list(Place place, Urgency urgency, TagSink sink) {
            for (int i = 0; i < pages.size(); i++) {
                pages.get(i).forEach(sink::tag);
                if (i + 1 < pages.size()) {
                    sink.pageEnd();
                }
            }
            return failure == null ? new Listing.Complete() : failure;
        }

        @Override
        public Resolution resolve(Place place, Urgency urgency, String tag) {
            asked.add(urgency + " within " + place.timeout());
            String digest = digests.get(tag);
            return digest == null ? new Resolution.Gone() : new Resolution.Found(digest);
        }
    }

    private static final class Silent implements FeedWorker.ScanListener {
        @Override
        public void scanned(WatchedFeed watched, FeedState state, Scan scan, Instant finishedAt) {}

        @Override
        public void known(WatchedFeed watched, FeedState state, Scan last) {}

        @Override
        public void failed(WatchedFeed watched, FeedState state, FeedState.Failure failure) {}
    }
}

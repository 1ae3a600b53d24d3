package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.watcher.domain.BaseLimits;
import dev.tidemark.watcher.domain.FeedLog;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.WatchedFeed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An owner of the partition, whose appends end as a test says. */
final class BasesOwner implements FeedLog {

    static final Duration WINDOW = Duration.ofDays(1);

    /** Small enough for thirty tags to be bases of several pages, and large changes. */
    private static final BaseLimits LIMITS = new BaseLimits(4, 3, 3, 6);

    private final BasesLog log;
    private final Random random;
    private final LoadedPartition loaded;
    private final LateKeys late = new LateKeys();
    private final FeedState state;
    private final FeedWorker worker;
    private final WatchedFeed watched;
    private final FollowedFeed followed = new FollowedFeed(() -> this.through);
    private long through;
    private Ending ending = Ending.NONE;
    private int taken;
    private boolean baseInDoubt;

    /** Written by a process that was paused in the middle of a batch, when somebody else has the partition. */
    private final List<Publication> rest = new ArrayList<>();

    /** How an append ends. */
    enum Ending {
        NONE,
        /** The process is gone. */
        KILLED,
        /** The process stands still; it writes the rest when it wakes. */
        PAUSED,
        /** The broker does not say what it has. */
        UNKNOWN
    }

    /** The process does not come back from an append. */
    static final class StoppedException extends RuntimeException {}

    BasesOwner(Feed feed, BasesLog log, Registry registry, Random random, Clock clock, int number) {
        this.log = log;
        this.random = random;
        PartitionClaim claim = new PartitionClaim(new Epoch(0, number), "owner-" + number, "claim-" + number);
        Event.PartitionClaimed word = new Event.PartitionClaimed(0, "owner-" + number, "claim-" + number);
        log.append(new Publication.Fact(Envelope.first(word, FeedWorker.SOURCE, clock.instant())));
        this.loaded = log.load(claim);
        loaded.end();
        FeedState found = loaded.states().get(feed);
        this.state = found == null ? new FeedState() : found;
        if (loaded.late().containsKey(feed)) {
            late.add(loaded.late().get(feed).take());
        }
        this.watched = new WatchedFeed(
                feed, AccessProfile.ANONYMOUS, Duration.ofMinutes(5), Duration.ofMinutes(1), Map.of(), Map.of());
        this.through = log.end() - 1;
        int[] scans = {0};
        this.worker = new FeedWorker(
                feed,
                loaded.epoch(),
                state,
                registry,
                this,
                clock,
                (failures, retryAfter) -> Duration.ofSeconds(1),
                () -> "scan-" + number + "-" + ++scans[0],
                new Silent(),
                WINDOW,
                followed,
                LIMITS,
                new LargeScans());
    }

    FeedState state() {
        return state;
    }

    LateKeys late() {
        return late;
    }

    FeedWorker worker() {
        return worker;
    }

    /** Ends an append after so many records from now on. */
    void endAfter(int records, Ending how) {
        taken = records;
        ending = how;
    }

    @Override
    public void append(List<? extends Publication> publications) {
        for (int i = 0; i < publications.size(); i++) {
            if (ending != Ending.NONE && taken-- <= 0) {
                Ending how = ending;
                ending = Ending.NONE;
                List<? extends Publication> left = publications.subList(i, publications.size());
                switch (how) {
                    case KILLED -> throw new StoppedException();
                    case PAUSED -> {
                        rest.addAll(left);
                        throw new StoppedException();
                    }
                    case UNKNOWN -> {
                        baseInDoubt |= left.stream().anyMatch(BasesOwner::isPage);
                        left.subList(0, random.nextInt(left.size() + 1)).forEach(log::append);
                        throw new LogUnavailableException("no word of it", new IllegalStateException());
                    }
                    case NONE -> {}
                }
            }
            LogRecord unused = log.append(publications.get(i));
        }
        baseInDoubt &= publications.stream().noneMatch(BasesOwner::isLastPage);
    }

    private static boolean isPage(Publication publication) {
        return publication instanceof Publication.Fact(Envelope<?> envelope)
                && (envelope.event() instanceof TagsListed || envelope.event() instanceof TagsChanged);
    }

    private static boolean isLastPage(Publication publication) {
        return publication instanceof Publication.Fact(Envelope<?> envelope)
                && envelope.event() instanceof TagsListed page
                && page.page() == page.pages();
    }

    /** It was told to forget the feed, and nobody knows how far that went. */
    void halfForgotten() {
        baseInDoubt = true;
    }

    /** Whether nothing but a base says what the log has. */
    boolean isBaseInDoubt() {
        return baseInDoubt;
    }

    @Override
    public void prove() {}

    /** It reads on, not always to the end. */
    void follow() {
        follow(random.nextBoolean() ? log.end() - 1 : through + random.nextLong(log.end() - through));
    }

    /** It has read all there is. */
    void followToTheEnd() {
        follow(log.end() - 1);
    }

    private void follow(long to) {
        for (LogRecord record : log.tags()) {
            if (record.offset() > through
                    && record.offset() <= to
                    && record.envelope() != null
                    && record.ownerEpoch() == loaded.epoch()) {
                followed.read(record.envelope().id());
            }
        }
        through = to;
    }

    /** Whether a batch is in its hands. */
    boolean isPaused() {
        return !rest.isEmpty();
    }

    /** Writes on, and is heard by who has the partition now. */
    void wake(@Nullable BasesOwner owner) {
        for (Publication publication : rest) {
            LogRecord record = log.append(publication);
            if (owner != null) {
                owner.late.add(record.topic(), record.key());
            }
        }
        rest.clear();
    }

    void scan(Runnable between) {
        worker.scan(watched, Urgency.ROUTINE, null, between::run);
    }

    void resolve(String tag, TagCheck.Purpose purpose) {
        Envelope<?> cause = Envelope.correlated(
                new Event.RegistryNotified(watched.feed().image(), "ns/hook", List.of(), tag),
                "test",
                Instant.EPOCH,
                "c");
        var unused = worker.resolve(watched, new TagCheck(tag, purpose, cause, worker.nextScan(), false, how -> {}));
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

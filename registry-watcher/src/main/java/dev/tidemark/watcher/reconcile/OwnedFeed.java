package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.Spread;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.WatchedFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A feed in one epoch of its partition: what is known of it, what is requested, and what works it. */
final class OwnedFeed {

    /** Over how long the overdue scans of a taken-over partition are spread. */
    private static final Duration SPREAD = Duration.ofSeconds(10);

    /**
     * For how long a feed must be seen unnamed before the log forgets it, however old its records are: a source that cannot
     * be read for an hour, or a folder that is not mounted at a start, must cost nothing.
     */
    static final Duration UNNAMED_AT_LEAST = Duration.ofHours(1);

    private final Feed feed;
    private final FeedState state;
    private final FencedLog log;
    private final FeedWorker worker;
    private final FollowedFeed followed;
    private final FeedRequests requests = new FeedRequests();
    private final LateKeys late = new LateKeys();

    /** Of resources that name the feed, the request that was seen last. Only the run of the feed uses it. */
    private final Map<ResourceId, String> seen = new HashMap<>();

    /** In a row, of Tidemark itself or of the log. Only the run of the feed uses it. */
    private int faults;

    /** The number of the scan that runs, or of the next one: what that one finds is news to a request that comes now. */
    private volatile long mark = 1;

    private volatile @Nullable WatchedFeed watched;

    /** Nobody has said yet when it is due. */
    private volatile boolean fresh;

    /** What it is scanned with has changed, and no run has seen that yet. */
    private final AtomicBoolean accessChanged = new AtomicBoolean();

    private volatile Instant lastNamed;
    private volatile Instant seenUnnamedSince;

    OwnedFeed(Feed feed, FeedState state, FencedLog log, FeedWorker worker, FollowedFeed followed, Instant now) {
        this.feed = feed;
        this.state = state;
        this.log = log;
        this.worker = worker;
        this.followed = followed;
        // while it was named, it was scanned
        this.lastNamed = state.newest().equals(Instant.MIN) ? now : state.newest();
        this.seenUnnamedSince = now;
    }

    Feed feed() {
        return feed;
    }

    FeedState state() {
        return state;
    }

    FeedWorker worker() {
        return worker;
    }

    FeedRequests requests() {
        return requests;
    }

    /** What the owner has read of its own words. */
    FollowedFeed followed() {
        return followed;
    }

    /** What the owner has yet to write again. */
    LateKeys late() {
        return late;
    }

    /** Whether a batch of effects is under way. */
    boolean isWriting() {
        return log.isWriting();
    }

    /** Of a request that comes now, see {@link TagCheck#since}. */
    long mark() {
        return mark;
    }

    /** A piece of work has ended; not one that came in between two pages of a scan. */
    void ended() {
        mark = worker.nextScan();
    }

    void worked() {
        faults = 0;
    }

    /** Counts a fault; says how many there were in a row. */
    int faulted() {
        return ++faults;
    }

    Optional<WatchedFeed> watched() {
        return Optional.ofNullable(watched);
    }

    /** The resources that name it. */
    Set<ResourceId> named() {
        WatchedFeed now = watched;
        return now == null ? Set.of() : now.resources().keySet();
    }

    /** A Secret or ServiceAccount that it is scanned with is another one. */
    void accessChanged() {
        accessChanged.set(true);
    }

    /** What waits for the sake of its access need not wait if that has changed. Only the run of the feed calls it. */
    void retryIfAccessChanged(Instant now) {
        if (accessChanged.getAndSet(false)) {
            requests.checksAreDue();
            if (state.isAccessInDoubt()) {
                requests.scanNotAfter(now);
            }
        }
    }

    /**
     * The resources that name the feed; a shorter interval takes effect at once.
     *
     * @return whether that says something new
     */
    boolean watch(WatchedFeed newest, Instant now) {
        WatchedFeed before = watched;
        if (newest.equals(before)) {
            return false;
        }
        if (before == null) {
            // a run may begin at any moment: what it needs stands before it can see that the feed is watched
            requests.open();
            fresh = true;
            watched = newest;
        } else {
            watched = newest;
            requests.scanNotAfter(now.plus(newest.interval()));
            requests.reportNow();
        }
        return true;
    }

    /** A run over the feed begins: only it may read what is known of the feed. */
    void begin(WatchedFeed now, Instant time) {
        if (fresh) {
            fresh = false;
            requests.begin(firstDue(now, time), state.isDueAtOnce());
        }
    }

    /**
     * No resource names the feed any more.
     *
     * @return whether that is new
     */
    boolean unwatch(Instant now) {
        if (watched == null) {
            return false;
        }
        watched = null;
        lastNamed = now;
        seenUnnamedSince = now;
        requests.retire();
        return true;
    }

    /** When the log may forget a feed that nobody names. */
    Instant forgottenAt(Duration auditWindow) {
        Instant afterWindow = lastNamed.plus(auditWindow);
        Instant seenLongEnough = seenUnnamedSince.plus(Spread.shorter(UNNAMED_AT_LEAST, auditWindow));
        return afterWindow.isAfter(seenLongEnough) ? afterWindow : seenLongEnough;
    }

    /** At once for a feed that is new; overdue ones a little apart, so that a restart does not hit a registry at once. */
    private Instant firstDue(WatchedFeed newest, Instant now) {
        Instant due = state.nextDue();
        if (due == null || !state.scannedBefore() || state.isDueAtOnce()) {
            return now;
        }
        if (due.isAfter(now)) {
            Instant latest = now.plus(newest.interval());
            return due.isBefore(latest) ? due : latest;
        }
        return now.plus(Spread.offset(feed.text(), Spread.shorter(newest.interval(), SPREAD)));
    }

    /**
     * Whether somebody has asked for a scan since the last call, or since the last one that a status tells of.
     *
     * @param handled the request that was handled last, null where that is not known
     */
    boolean isRequested(WatchedFeed now, Function<ResourceId, @Nullable String> handled) {
        seen.keySet().retainAll(now.requests().keySet());
        boolean requested = false;
        for (Map.Entry<ResourceId, String> request : now.requests().entrySet()) {
            String value = request.getValue();
            String before = seen.get(request.getKey());
            if (before == null && !value.isEmpty()) {
                // this reads a status, which only somebody who asks is worth
                before = handled.apply(request.getKey());
            }
            seen.put(request.getKey(), value);
            requested |= before != null && !value.isEmpty() && !value.equals(before);
        }
        return requested;
    }
}

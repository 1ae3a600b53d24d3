package dev.tidemark.watcher.domain;

import dev.tidemark.events.Base;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of a feed, loaded from the log by {@link #apply}. Not for several threads at once. */
public final class FeedState {

    private final FeedTags tags = new FeedTags();
    private boolean scannedBefore;
    private boolean unfinished;
    private @Nullable Failure failure;
    private boolean hasFailed;
    private ScanOrder failed = ScanOrder.UNCLAIMED;
    private boolean contested;
    private @Nullable Instant nextDue;
    private @Nullable Instant nextTry;
    private @Nullable Scan lastScan;
    private int failures;
    private boolean dueAtOnce;
    private Instant newest = Instant.MIN;

    /** Why the newest scan failed. */
    public record Failure(Event.ScanFailure reason, String message) {}

    /** Those that are there; another one when a base has come in force. */
    public KnownTags tags() {
        return tags.present();
    }

    /** Whether only a base can say what is known: the next good scan writes one. */
    public boolean isBaseInDoubt() {
        return tags.isBaseInDoubt();
    }

    /** All of it, and what lies where in the log. */
    FeedTags logged() {
        return tags;
    }

    /** How many tags are kept, gone ones too. For any thread: what another one is changing just now may not count. */
    public int size() {
        return tags.size();
    }

    /** Whether a scan was ever completed: before, every tag's age is unknown. */
    public boolean scannedBefore() {
        return scannedBefore;
    }

    /** Whether a scan wrote differences and never said that it was complete: the next one has to. */
    public boolean unfinished() {
        return unfinished;
    }

    /**
     * Whether an earlier owner's word on how scans went lies behind ours in the log: the next outcome has to be written,
     * whatever it is.
     */
    public boolean isContested() {
        return contested;
    }

    public void contested() {
        contested = true;
    }

    /** Whether the log has the word that a scan failed, be it over or not. */
    boolean hasFailed() {
        return hasFailed;
    }

    /** Null while scans succeed. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** Whether the newest scan failed in a way that other credentials, certificates or another proxy may mend. */
    public boolean isAccessInDoubt() {
        return failure != null
                && switch (failure.reason()) {
                    // what is hidden from a login is told as missing, a wrong certificate as unreachable
                    case CONFIGURATION, AUTHENTICATION_FAILED, NOT_FOUND, UNREACHABLE, UNKNOWN -> true;
                    case RATE_LIMITED, UNREADABLE_ANSWER -> false;
                };
    }

    /** When to scan next, after a failure when to try again; null for a feed that was never scanned. */
    public @Nullable Instant nextDue() {
        return failure == null || nextTry == null ? nextDue : nextTry;
    }

    /** Whether the log says that the feed is to be scanned at once after a start. */
    public boolean isDueAtOnce() {
        return dueAtOnce;
    }

    /** When the newest record of the feed was written. */
    public Instant newest() {
        return newest;
    }

    /** The newest good scan. */
    public @Nullable Scan lastScan() {
        return lastScan;
    }

    /** Failures in a row in this process. */
    public int failures() {
        return failures;
    }

    /** Takes an event that this owner has written. */
    public void apply(FeedEvent event, Instant time) {
        apply(event, time, tags.nextPlace());
    }

    /**
     * Takes one event of the feed, as the log is read.
     *
     * @param time when it was written
     * @param offset of the record
     * @throws IllegalArgumentException for a record that nobody should have written: no tag, no digest, no time
     */
    public void apply(FeedEvent event, Instant time, long offset) {
        take(event, time, offset);
        newest = time.isAfter(newest) ? time : newest;
    }

    private void take(FeedEvent event, Instant time, long place) {
        switch (event) {
            case Event.TagDiscovered e -> {
                checkTag(e.tag());
                if (e.digest() != null && !ContentDigest.isValid(e.digest())) {
                    throw new IllegalArgumentException("not a digest: '" + e.digest() + "'");
                }
                tags.found(new KnownTags.Known(e.tag(), e.digest(), e.firstSeen()), place);
                unfinished |= takesEffectWithAScan(e.scope());
            }
            case Event.TagRemoved e -> {
                checkTag(e.tag());
                tags.gone(e.tag(), time, place);
                unfinished |= takesEffectWithAScan(e.scope());
            }
            case TagsChanged e -> {
                tags.changed(e, time, place);
                unfinished = true;
            }
            case TagsListed e -> tags.listed(e, place).ifPresent(base -> based(base, e.scan()));
            case Event.ScanCompleted e -> completed(e.scan());
            case Event.FeedScanned e -> {
                if (lastScan == null || !e.scan().order().precedes(lastScan.order())) {
                    scanned(e.scan());
                    nextDue = e.nextDue();
                    dueAtOnce = !e.nextDue().isAfter(time);
                }
                failure = e.scan().order().isSurelyFrom(failed) ? null : failure;
            }
            case ScanFailed e -> {
                // the topics are read one after the other: a good scan may have come since
                if (lastScan == null || !e.isOver(lastScan)) {
                    failure = new Failure(e.reason(), e.message());
                    failed = e.scan().order();
                    nextTry = e.nextTry();
                }
                hasFailed = true;
                contested = false;
            }
        }
    }

    /** What policies wait with until a scan has completed, of a scope of tomorrow too. */
    private static boolean takesEffectWithAScan(Event.Scope scope) {
        return switch (scope) {
            case SCAN, UNKNOWN -> true;
            case TAG -> false;
        };
    }

    private static void checkTag(String tag) {
        if (!FeedWorker.isTag(tag)) {
            throw new IllegalArgumentException("not a tag: '" + tag + "'");
        }
    }

    /** A base is in force. None is written before a scan was completed; one that a scan made completes that. */
    private void based(Base base, Scan scan) {
        scannedBefore = true;
        if (base.origin() == TagsListed.Origin.SCAN) {
            completed(scan);
        }
    }

    /** This owner has written a base. */
    void based(Base base, Scan scan, KnownTags stock) {
        tags.rested(base, stock);
        based(base, scan);
    }

    private void completed(Scan scan) {
        scanned(scan);
        failure = null;
        failures = 0;
        unfinished = false;
        contested = false;
    }

    private void scanned(Scan scan) {
        scannedBefore = true;
        lastScan = scan;
    }

    /** The log has a tombstone under the key. */
    public void forget(FeedKey key) {
        tags.forget(key);
    }

    /** Whether the log has nothing under any key of the feed but its own. */
    public boolean isForgotten(Feed feed) {
        return tags.keys(feed).isEmpty();
    }

    /** The broker may have this, or not: the next good scan says it again. */
    void doubt(FeedEvent event) {
        switch (event) {
            case Event.TagDiscovered e -> tags.doubt(e.tag());
            case Event.TagRemoved e -> tags.doubt(e.tag());
            case TagsChanged e -> tags.doubt(e);
            case TagsListed e -> tags.doubt(e);
            case Event.ScanCompleted e -> unfinished = true;
            case Event.FeedScanned e -> {}
            case ScanFailed e -> {}
        }
    }

    /** Counts a failure of a scan; the event of it is only written when the reason is new. */
    public void failed(Scan scan, Failure newest, Instant due) {
        failure = newest;
        failed = scan.order();
        nextTry = due;
        failures++;
    }
}

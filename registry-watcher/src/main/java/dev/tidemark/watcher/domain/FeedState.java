package dev.tidemark.watcher.domain;

import dev.tidemark.events.Event;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.ScanOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a feed, loaded from the log by {@link #apply}. Not for several threads at once. */
public final class FeedState {

    private final KnownTags tags = new KnownTags();

    /** Tags that are gone and have a record in the log, with the time of that in place of when they were seen. */
    private final KnownTags removed = new KnownTags();

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

    public KnownTags tags() {
        return tags;
    }

    /** How many tags are kept, gone ones too. For any thread: what another one is changing just now may not count. */
    public int size() {
        return tags.size() + removed.size();
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

    /** Whether the log has the word that the tag was removed. */
    boolean wasRemoved(String tag) {
        return removed.contains(tag);
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

    /**
     * Takes one event of the feed; also how the log is replayed.
     *
     * @param time when it was written
     * @throws IllegalArgumentException for a record that nobody should have written: no tag, no digest, no time
     */
    public void apply(FeedEvent event, Instant time) {
        take(event, time);
        newest = time.isAfter(newest) ? time : newest;
    }

    private void take(FeedEvent event, Instant time) {
        switch (event) {
            case Event.TagDiscovered e -> {
                checkTag(e.tag());
                if (e.digest() != null && !ContentDigest.isValid(e.digest())) {
                    throw new IllegalArgumentException("not a digest: '" + e.digest() + "'");
                }
                tags.put(new KnownTags.Known(e.tag(), e.digest(), e.firstSeen()));
                removed.remove(e.tag());
                unfinished |= takesEffectWithAScan(e.scope());
            }
            case Event.TagRemoved e -> {
                checkTag(e.tag());
                tags.remove(e.tag());
                removed.put(new KnownTags.Known(e.tag(), null, time));
                unfinished |= takesEffectWithAScan(e.scope());
            }
            case Event.ScanCompleted e -> {
                scanned(e.scan());
                failure = null;
                failures = 0;
                unfinished = false;
                contested = false;
            }
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

    private void scanned(Scan scan) {
        scannedBefore = true;
        lastScan = scan;
    }

    /** The log has a tombstone for the tag. */
    public void forget(String tag) {
        tags.remove(tag);
        removed.remove(tag);
    }

    /** Every tag that the log has a record of. */
    public List<String> allTags() {
        List<String> all = new ArrayList<>(tags.size() + removed.size());
        tags.forEach(known -> all.add(known.tag()));
        removed.forEach(known -> all.add(known.tag()));
        return all;
    }

    /** The tags that were removed before a time and are still in the log. */
    List<String> removedBefore(Instant time) {
        List<String> found = new ArrayList<>();
        removed.forEach(known -> {
            if (known.firstSeen() == null || known.firstSeen().isBefore(time)) {
                found.add(known.tag());
            }
        });
        return found;
    }

    /** Counts a failure of a scan; the event of it is only written when the reason is new. */
    public void failed(Scan scan, Failure newest, Instant due) {
        failure = newest;
        failed = scan.order();
        nextTry = due;
        failures++;
    }
}

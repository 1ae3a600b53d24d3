package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Scan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the whole list of a feed and writes the difference after its last page. */
final class FeedScanner {

    /** Tags of one feed: five times the largest public repository. Beyond it a list is refused, not cut. */
    static final int MAX_TAGS = 500_000;

    private final Feed feed;
    private final FeedState state;
    private final Registry registry;
    private final FeedWriter writer;
    private final NewsWriter changed;
    private final BaseWriter bases;
    private final BaseLimits limits;
    private final ScanRoom room;
    private final RunningScan running;
    private final RecentNews news;
    private final Clock clock;
    private final Duration auditWindow;

    /** How a scan ended. */
    sealed interface Ended {
        record Good(Scan scan, Instant at) implements Ended {}

        record Bad(Scan scan, Registry.Failed failed) implements Ended {}
    }

    /** @param auditWindow how long the log keeps that a tag was removed */
    FeedScanner(
            Feed feed,
            FeedState state,
            Registry registry,
            FeedWriter writer,
            NewsWriter changed,
            BaseWriter bases,
            BaseLimits limits,
            ScanRoom room,
            RunningScan running,
            RecentNews news,
            Clock clock,
            Duration auditWindow) {
        this.feed = feed;
        this.state = state;
        this.registry = registry;
        this.writer = writer;
        this.changed = changed;
        this.bases = bases;
        this.limits = limits;
        this.room = room;
        this.running = running;
        this.news = news;
        this.clock = clock;
        this.auditWindow = auditWindow;
    }

    Ended scan(WatchedFeed watched, Urgency urgency, @Nullable Envelope<?> cause, DuringScan during) {
        Instant began = clock.instant();
        Scan scan = writer.newScan();
        TagScan tags = TagScan.begin(state.tags());
        try (ScanRoom.Place place = room.place()) {
            return switch (list(watched, urgency, scan, tags, place, during)) {
                case Registry.Failed failed -> new Ended.Bad(scan, failed);
                case Registry.Listing.Complete complete
                when tags.count() > MAX_TAGS ->
                    new Ended.Bad(
                            scan,
                            new Registry.Failed(
                                    Event.ScanFailure.UNREADABLE_ANSWER,
                                    "the registry lists more than " + MAX_TAGS + " tags for " + feed.image(),
                                    null));
                case Registry.Listing.Complete complete ->
                    completed(watched, scan, began, cause, tags.difference(), during);
            };
        }
    }

    private Registry.Listing list(
            WatchedFeed watched, Urgency urgency, Scan scan, TagScan tags, ScanRoom.Place place, DuringScan during) {
        running.begin(scan, tags);
        try {
            return registry.list(watched.place(), urgency, new Registry.TagSink() {
                @Override
                public boolean tag(String tag) {
                    return FeedWorker.isTag(tag) && tags.count() <= MAX_TAGS && tags.listed(tag);
                }

                @Override
                public void pageEnd() {
                    during.pageEnded();
                    place.fit(tags.held(), during::pageEnded);
                }
            });
        } finally {
            running.end();
        }
    }

    private Ended completed(
            WatchedFeed watched,
            Scan scan,
            Instant began,
            @Nullable Envelope<?> cause,
            TagScan.Difference difference,
            DuringScan during) {
        Instant now = clock.instant();
        write(scan, difference, now, cause);
        difference.added().forEach(tag -> news.listed(tag, scan));
        // After what the tags' topic says: a scan that counts as done must have said so.
        Instant due = during.owesAnother() ? clock.instant() : began.plus(watched.interval());
        writer.write(List.of(writer.scanned(scan, due)), scan, cause);
        writer.erase(state.logged().removedBefore(feed, now.minus(auditWindow)));
        bases.tidy();
        if (bases.isFoldDue()) {
            bases.fold();
        }
        return new Ended.Good(scan, now);
    }

    private void write(Scan scan, TagScan.Difference difference, Instant now, @Nullable Envelope<?> cause) {
        boolean first = !state.scannedBefore();
        int changes = difference.added().size() + difference.removed().size();
        Set<String> doubtful = new LinkedHashSet<>(state.logged().doubtful());
        difference.added().forEach(doubtful::remove);
        difference.removed().forEach(gone -> doubtful.remove(gone.tag()));
        boolean inDoubt = state.isBaseInDoubt() || doubtful.size() > limits.records();
        boolean isBase =
                first || inDoubt || limits.isLarge(changes, state.logged().baseSize());
        if (isBase && bases.isPossible()) {
            boolean contested = state.isContested();
            bases.scanned(scan, difference, first ? null : now, cause);
            if (contested) {
                // an earlier owner's word lies under this key
                complete(scan, difference, cause);
            }
            return;
        }
        boolean noteworthy = state.unfinished()
                || state.isContested()
                || state.failure() != null
                || inDoubt
                || changes > 0
                || !doubtful.isEmpty();
        changed.changed(scan, difference, now, cause);
        changed.again(doubtful, scan, Scope.SCAN);
        if (noteworthy) {
            complete(scan, difference, cause);
        }
    }

    private void complete(Scan scan, TagScan.Difference difference, @Nullable Envelope<?> cause) {
        KnownTags tags = state.tags();
        Event.ScanCompleted end = new Event.ScanCompleted(
                feed,
                scan,
                tags.size(),
                difference.added().size(),
                difference.removed().size(),
                tags.checksum());
        writer.write(List.of(end), scan, cause);
    }
}

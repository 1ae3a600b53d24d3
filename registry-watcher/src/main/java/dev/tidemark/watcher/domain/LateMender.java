package dev.tidemark.watcher.domain;

import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says what is known again, behind what an earlier owner has written late. */
final class LateMender {

    private final Feed feed;
    private final FeedState state;
    private final FeedWriter writer;
    private final NewsWriter news;
    private final BaseWriter bases;
    private final Clock clock;

    LateMender(Feed feed, FeedState state, FeedWriter writer, NewsWriter news, BaseWriter bases, Clock clock) {
        this.feed = feed;
        this.state = state;
        this.writer = writer;
        this.news = news;
        this.bases = bases;
        this.clock = clock;
    }

    /**
     * First of all the log says that the feed is to be scanned at once: what was written late may be true, and its writer
     * may have counted on it.
     */
    void mend(LateWrites late) {
        Scan last = state.lastScan();
        if (last != null) {
            writer.write(List.of(writer.scanned(last, clock.instant())), last, null);
        } else if (late.schedule()) {
            writer.eraseSchedule();
        }
        late.pages().forEach(state.logged()::notePage);
        boolean damaged = late.base() || late.pages().stream().anyMatch(this::isNeeded);
        boolean canFold = state.scannedBefore() && !state.unfinished() && bases.isPossible();
        if (damaged && canFold) {
            bases.fold();
            erase(late.all() ? state.logged().all() : late.tags());
        } else {
            if (damaged) {
                // half of a scan's difference is nothing to choose from: the whole of it comes with the next scan
                state.logged().doubtBase();
            } else {
                writer.erase(List.copyOf(late.pages()));
            }
            mendTags(late.all() ? state.logged().all() : late.tags());
        }
        if (late.outcome() && (state.scannedBefore() || state.failure() != null)) {
            state.contested();
        } else if (late.outcome()) {
            writer.eraseOutcome();
        }
    }

    /** Whether a late record under the key, or a tombstone, may hide or say something: compaction keeps only that one. */
    private boolean isNeeded(FeedKey key) {
        ScanOrder inForce = state.logged().generation();
        return switch (key) {
            case FeedKey.OfPage page -> inForce == null || !page.generation().precedes(inForce);
            case FeedKey.OfNews page -> true;
            case FeedKey.OfTag tag -> false;
            case FeedKey.Whole whole -> false;
        };
    }

    private void mendTags(Iterable<String> tags) {
        Set<String> again = new LinkedHashSet<>();
        List<String> nothing = new ArrayList<>();
        for (String tag : tags) {
            if (state.logged().hasNews(tag)) {
                again.add(tag);
            } else {
                nothing.add(tag);
            }
        }
        if (!again.isEmpty()) {
            news.again(again, writer.newScan(), Scope.TAG);
        }
        erase(nothing);
    }

    /** There is nothing of them beyond the base. */
    private void erase(Iterable<String> tags) {
        List<FeedKey> keys = new ArrayList<>();
        tags.forEach(tag -> keys.add(new FeedKey.OfTag(feed, tag)));
        writer.erase(keys);
    }
}

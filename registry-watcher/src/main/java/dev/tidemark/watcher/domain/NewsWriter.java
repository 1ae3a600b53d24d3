package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.watcher.domain.KnownTags.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what has changed since the base: a record for each tag, or pages where that are many. */
final class NewsWriter {

    private final Feed feed;
    private final FeedState state;
    private final FeedWriter writer;
    private final BaseLimits limits;

    NewsWriter(Feed feed, FeedState state, FeedWriter writer, BaseLimits limits) {
        this.feed = feed;
        this.state = state;
        this.writer = writer;
        this.limits = limits;
    }

    /** What a scan has changed. */
    void changed(Scan scan, TagScan.Difference difference, Instant firstSeen, @Nullable Envelope<?> cause) {
        List<String> removed = difference.removed().stream().map(Known::tag).toList();
        if (difference.added().size() + removed.size() > limits.records()) {
            writer.write(pages(scan, difference.added(), removed, firstSeen), page -> page, scan, cause);
            return;
        }
        ScanOrder base = state.logged().generation();
        writer.write(
                difference.added(),
                tag -> new Event.TagDiscovered(feed, tag, null, scan, Scope.SCAN, firstSeen, base),
                scan,
                cause);
        writer.write(removed, tag -> new Event.TagRemoved(feed, tag, scan, Scope.SCAN, base), scan, cause);
    }

    private List<TagsChanged> pages(Scan scan, List<String> added, List<String> removed, Instant firstSeen) {
        int count = (added.size() + removed.size() + limits.news() - 1) / limits.news();
        List<TagsChanged> pages = new ArrayList<>(count);
        for (int page = 1; page <= count; page++) {
            int from = (page - 1) * limits.news();
            pages.add(new TagsChanged(
                    feed,
                    scan,
                    page,
                    count,
                    state.logged().generation(),
                    part(added, from),
                    part(removed, from - added.size()),
                    firstSeen));
        }
        return pages;
    }

    /** What lies on a page that begins there. */
    private List<String> part(List<String> tags, int from) {
        int begin = Math.clamp(from, 0, tags.size());
        return List.copyOf(tags.subList(begin, Math.clamp((long) from + limits.news(), begin, tags.size())));
    }

    /** What is known of tags, again. */
    void again(Set<String> tags, Scan scan, Scope scope) {
        List<FeedEvent> facts = new ArrayList<>();
        ScanOrder base = state.logged().generation();
        for (String tag : tags) {
            Optional<Known> known = state.tags().find(tag);
            if (known.isPresent()) {
                String digest = known.get().digest();
                facts.add(new Event.TagDiscovered(
                        feed, tag, digest, scan, scope, known.get().firstSeen(), base));
            } else {
                // as a list says it: it is no answer of the registry about this very tag
                facts.add(new Event.TagRemoved(feed, tag, scan, Scope.SCAN, base));
            }
        }
        writer.write(facts, fact -> fact, scan, null);
    }
}

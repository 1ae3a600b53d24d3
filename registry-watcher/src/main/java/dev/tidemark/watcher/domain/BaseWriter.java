package dev.tidemark.watcher.domain;

import dev.tidemark.events.Base;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.TagsListed.Origin;
import dev.tidemark.watcher.domain.KnownTags.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a feed's stock as a base, and takes out of the log what that has made superfluous. */
final class BaseWriter {

    /** Pages appended at once: a megabyte where every digest is known. */
    private static final int BATCH = 8;

    private final Feed feed;
    private final FeedState state;
    private final FeedWriter writer;
    private final BaseLimits limits;

    BaseWriter(Feed feed, FeedState state, FeedWriter writer, BaseLimits limits) {
        this.feed = feed;
        this.state = state;
        this.writer = writer;
        this.limits = limits;
    }

    /** A scan's whole list takes the place of what was known; its last page is the scan's completion. */
    void scanned(Scan scan, TagScan.Difference difference, @Nullable Instant firstSeen, @Nullable Envelope<?> cause) {
        Set<String> removed = HashSet.newHashSet(difference.removed().size());
        difference.removed().forEach(gone -> removed.add(gone.tag()));
        KnownTags added = new KnownTags();
        difference.added().forEach(tag -> added.put(new Known(tag, null, firstSeen)));
        write(scan, Origin.SCAN, removed, added, cause);
    }

    /** What is known is written together. */
    void fold() {
        write(writer.newScan(), Origin.FOLD, Set.of(), new KnownTags(), null);
    }

    /** Not in the moment between a page of news and its being read back; the next scan is early enough. */
    boolean isPossible() {
        return writer.hasReadPages();
    }

    boolean isFoldDue() {
        return isPossible()
                && limits.isLarge(state.logged().news(), state.logged().baseSize());
    }

    /** Takes out of the log what the base in force has made superfluous, also where somebody else has left that half done. */
    void tidy() {
        writer.erase(state.logged().leftovers(feed));
    }

    private void write(Scan scan, Origin origin, Set<String> without, KnownTags and, @Nullable Envelope<?> cause) {
        long read = writer.through();
        KnownTags stock = new KnownTags();
        List<String> tags = new ArrayList<>(state.tags().size() + and.size());
        KnownTags.Visitor take = known -> {
            if (!without.contains(known.tag())) {
                stock.put(known.at(Places.IN_BASE));
                tags.add(known.tag());
            }
        };
        state.tags().forEach(take);
        and.forEach(take);
        tags.sort(null);
        int pages = Math.max(1, (tags.size() + limits.page() - 1) / limits.page());
        Base base = new Base(scan.order(), pages, read, origin);
        List<TagsListed> batch = new ArrayList<>();
        for (int page = 1; page <= pages; page++) {
            int from = (page - 1) * limits.page();
            batch.add(page(base, scan, page, tags.subList(from, Math.min(tags.size(), from + limits.page())), stock));
            if (batch.size() == BATCH || page == pages) {
                writer.append(batch, scan, cause);
                batch.forEach(one -> state.logged().notePage(one));
                batch.clear();
            }
        }
        state.based(base, scan, stock);
        writer.closePages();
        tidy();
    }

    private TagsListed page(Base base, Scan scan, int page, List<String> tags, KnownTags stock) {
        Map<String, String> digests = new HashMap<>();
        Map<String, Instant> firstSeen = new HashMap<>();
        for (String tag : tags) {
            stock.find(tag).ifPresent(known -> {
                if (known.digest() != null) {
                    digests.put(tag, known.digest());
                }
                if (known.firstSeen() != null) {
                    firstSeen.put(tag, known.firstSeen());
                }
            });
        }
        return new TagsListed(
                feed,
                scan,
                page,
                base.pages(),
                base.through(),
                base.origin(),
                List.copyOf(tags),
                Map.copyOf(digests),
                Map.copyOf(firstSeen));
    }
}

package dev.tidemark.watcher.domain;

import dev.tidemark.events.Base;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import dev.tidemark.watcher.domain.KnownTags.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a feed as the log has them: the base in force with the news on top, and under which keys all of it lies. Not
 * for several threads at once.
 */
final class FeedTags {

    /** Higher than any offset: what this owner has written lies behind all that it has read. */
    private static final long OWN_WRITES = 1L << 62;

    private KnownTags present = new KnownTags();

    /** Tags that are gone and that the log has news of, with the time of that in place of when they were seen. */
    private KnownTags removed = new KnownTags();

    /** What the base says of tags that there are news of. */
    private KnownTags covered = new KnownTags();

    private final FeedBases bases = new FeedBases();
    private int baseSize;

    /** Every page that the log has, with its place. */
    private final LoggedPages pages = new LoggedPages();

    /** News up to this place are in the base in force. */
    private long folded = Places.NONE;

    private long written = OWN_WRITES;

    /** Tags whose newest record the broker may have or not. */
    private final Set<String> doubtful = new LinkedHashSet<>();

    private boolean baseInDoubt;

    /** Of what this owner writes now. */
    long nextPlace() {
        written++;
        return written;
    }

    KnownTags present() {
        return present;
    }

    /** How many tags are kept, gone ones too. */
    int size() {
        return present.size() + removed.size();
    }

    @Nullable
    Base inForce() {
        return bases.inForce();
    }

    @Nullable
    ScanOrder generation() {
        return bases.generation();
    }

    /** How many tags the base in force lists. */
    int baseSize() {
        return baseSize;
    }

    /** How many tags the log has more of than the base says. */
    int news() {
        return present.withNews() + removed.withNews();
    }

    /** The tag is there. */
    void found(Known tag, long place) {
        put(tag.at(places(tag.tag()).withOwn(place)), place);
        doubtful.remove(tag.tag());
    }

    /** The tag is not there any more. */
    void gone(String tag, Instant time, long place) {
        drop(tag, time, places(tag).withOwn(place), place);
        doubtful.remove(tag);
    }

    void changed(TagsChanged page, Instant time, long place) {
        pages.put(page, place);
        if (place <= folded) {
            return;
        }
        Instant seen = FeedBases.sane(page.firstSeen());
        for (String tag : page.added()) {
            if (FeedWorker.isTag(tag)) {
                put(new Known(tag, null, seen, places(tag).withPage(place)), place);
                doubtful.remove(tag);
            }
        }
        for (String tag : page.removed()) {
            if (FeedWorker.isTag(tag)) {
                drop(tag, time, places(tag).withPage(place), place);
                doubtful.remove(tag);
            }
        }
    }

    private void put(Known tag, long place) {
        if (place <= folded) {
            note(tag.tag(), tag.places());
            return;
        }
        cover(tag.tag());
        present.put(tag);
        removed.remove(tag.tag());
    }

    private void drop(String tag, Instant time, Places places, long place) {
        if (place <= folded) {
            note(tag, places);
            return;
        }
        cover(tag);
        present.remove(tag);
        removed.put(new Known(tag, null, time, places));
    }

    /** A record that lies where the base has it already changes nothing but that its key is there. */
    private void note(String tag, Places places) {
        Optional<Known> known = present.find(tag);
        if (known.isPresent()) {
            present.put(known.get().at(places));
        } else {
            removed.put(removed.find(tag).orElse(new Known(tag, null, null)).at(places));
        }
    }

    /** Keeps what the base says where news come on top of it. */
    private void cover(String tag) {
        present.find(tag)
                .filter(known -> known.places().base() && covered.find(tag).isEmpty())
                .ifPresent(covered::put);
    }

    private Places places(String tag) {
        return present.find(tag).or(() -> removed.find(tag)).map(Known::places).orElse(Places.NOWHERE);
    }

    /**
     * A page of a base.
     *
     * @return the base, if it is in force now
     */
    Optional<Base> listed(TagsListed page, long place) {
        pages.put(page, place);
        Optional<FeedBases.Whole> whole = bases.listed(page);
        whole.ifPresent(now -> {
            baseInDoubt = false;
            rest(now.stock(), now.base().through());
        });
        return whole.map(FeedBases.Whole::base);
    }

    /**
     * This owner has written a base: all that it has written before is in it, whether it has read that or not.
     *
     * @param stock what the base says
     */
    void rested(Base base, KnownTags stock) {
        bases.written(base);
        doubtful.clear();
        baseInDoubt = false;
        rest(stock, written);
    }

    /** A base is in force: news up to a place have no effect any more; their keys are there until they are forgotten. */
    private void rest(KnownTags stock, long through) {
        KnownTags news = present;
        KnownTags gone = removed;
        present = stock;
        removed = new KnownTags();
        covered = new KnownTags();
        folded = through;
        baseSize = stock.size();
        news.forEachWithNews(tag -> keep(tag, true));
        gone.forEachWithNews(tag -> keep(tag, false));
    }

    private void keep(Known tag, boolean there) {
        Optional<Known> base = present.find(tag.tag());
        Places places = tag.places().above(base.isPresent(), folded);
        if (tag.places().newest() > folded) {
            base.ifPresent(covered::put);
            if (there) {
                present.put(tag.at(places));
            } else {
                present.remove(tag.tag());
                removed.put(tag.at(places));
            }
        } else if (places.hasOwn() && base.isPresent()) {
            present.put(base.get().at(places));
        } else if (places.hasOwn()) {
            removed.put(new Known(tag.tag(), null, there ? null : tag.firstSeen(), places));
        }
    }

    /** The log has a tombstone under the key. */
    void forget(FeedKey key) {
        switch (key) {
            case FeedKey.Whole whole -> {}
            case FeedKey.OfTag(Feed feed, String tag) -> forget(tag);
            case FeedKey.OfPage page -> {
                long unused = pages.remove(page);
            }
            // a feed that was half forgotten: what the page said is known, and in the log no more
            case FeedKey.OfNews page -> baseInDoubt |= pages.remove(page) > folded;
        }
    }

    /** There is nothing beyond the base. */
    private void forget(String tag) {
        boolean listed = places(tag).base();
        Optional<Known> base = covered.find(tag).or(() -> present.find(tag));
        removed.remove(tag);
        covered.remove(tag);
        if (listed && base.isPresent()) {
            present.put(base.get().at(Places.IN_BASE));
        } else {
            present.remove(tag);
        }
    }

    /** Whether there are news that the tag was removed. */
    boolean wasRemoved(String tag) {
        return removed.contains(tag);
    }

    /** Whether the log has more of the tag than the base says. */
    boolean hasNews(String tag) {
        return places(tag).hasNews();
    }

    /** Every tag that the log has a word of. */
    List<String> all() {
        List<String> all = new ArrayList<>(present.size() + removed.size());
        present.forEach(known -> all.add(known.tag()));
        removed.forEach(known -> all.add(known.tag()));
        return all;
    }

    /**
     * The tags that were removed before a time and still have a record that says so. Where a base or a page has the tag as
     * well, the record stands against that, and waits until a base has taken in all three.
     */
    List<FeedKey> removedBefore(Feed feed, Instant time) {
        List<FeedKey> found = new ArrayList<>();
        removed.forEachWithNews(known -> {
            Instant gone = known.firstSeen();
            boolean needed = known.places().base() || known.places().hasPage() || doubtful.contains(known.tag());
            if (!needed && (gone == null || gone.isBefore(time))) {
                found.add(new FeedKey.OfTag(feed, known.tag()));
            }
        });
        return found;
    }

    /** Keys of records that the base in force has made superfluous. */
    List<FeedKey> leftovers(Feed feed) {
        List<FeedKey> found = pages.leftovers(generation(), folded);
        KnownTags.Visitor tags = known -> {
            // a tombstone would undo a page of news that lies on top of the base
            if (known.places().hasOwn() && known.places().newest() <= folded) {
                found.add(new FeedKey.OfTag(feed, known.tag()));
            }
        };
        present.forEachWithNews(tags);
        removed.forEachWithNews(tags);
        return found;
    }

    /** Every key that the log has of the feed but its own. */
    List<FeedKey> keys(Feed feed) {
        List<FeedKey> found = pages.keys();
        KnownTags.Visitor tags = known -> {
            if (known.places().hasOwn()) {
                found.add(new FeedKey.OfTag(feed, known.tag()));
            }
        };
        present.forEachWithNews(tags);
        removed.forEachWithNews(tags);
        return found;
    }

    /** The log has, or may have, a page under this key. */
    void notePage(FeedKey key) {
        pages.note(key, nextPlace());
    }

    /** The log has a page of a base that is not whole yet. */
    void notePage(TagsListed page) {
        notePage(new FeedKey.OfPage(page.feed(), page.generation(), page.page()));
    }

    /** The broker may have this record of a tag, or not: what is known of it has to be said again. */
    void doubt(String tag) {
        note(tag, places(tag).withOwn(nextPlace()));
        doubtful.add(tag);
    }

    /** A page of news may be there or not: so what is known of its tags. */
    void doubt(TagsChanged page) {
        notePage(new FeedKey.OfNews(page.feed(), page.scan().order(), page.page()));
        baseInDoubt = true;
    }

    /** A page of a base may be there or not. */
    void doubt(TagsListed page) {
        notePage(page);
        baseInDoubt = true;
    }

    /** Nobody can tell which base is in force. */
    void doubtBase() {
        baseInDoubt = true;
    }

    Set<String> doubtful() {
        return doubtful;
    }

    /** Whether a base has to be written, since it is not known whether the log has the one in force, or another one. */
    boolean isBaseInDoubt() {
        Base base = bases.inForce();
        return baseInDoubt || (base != null && pages.lacks(base));
    }
}

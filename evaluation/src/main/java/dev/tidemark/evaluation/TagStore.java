package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.FeedState;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.Stock;
import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.evaluation.table.TagPage;
import dev.tidemark.events.Base;
import dev.tidemark.events.BaseProgress;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsListed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tags that the log tells of, by feed: those of the base in force, and on top of it what news say. Keys of one feed stand
 * together, so a feed is a range.
 */
final class TagStore {

    private final Table<KnownTag> tags;
    private final BasePages pages;
    private final PendingTags pending;
    private final Table<FeedState> feeds;
    private final Table<Envelope<?>> wanted;
    private final Owners owners;

    /** The table once more: it is asked for every tag of every scan. */
    private final Map<Feed, FeedState> states = new HashMap<>();

    /** Of how many tags of a feed something is kept beside its base, once somebody asked. */
    private final Map<Feed, Integer> sizes = new HashMap<>();

    private long read;

    TagStore(Tables tables) {
        this.tags = tables.tags();
        this.pages = new BasePages(tables.pages());
        this.pending = new PendingTags(tables.pending(), this::state);
        this.feeds = tables.feeds();
        this.wanted = tables.wanted();
        this.owners = new Owners(tables.owners());
    }

    /** What is known of a tag: news behind the base come first, then what the base says, with what is known beside it. */
    Optional<KnownTag> find(Feed feed, String tag) {
        KnownTag own = tags.get(Keys.tag(feed, tag));
        Stock stock = state(feed).stock();
        Base base = stock.bases().inForce();
        if (own != null && stock.isNews(own)) {
            return Optional.of(own);
        }
        if (base == null) {
            return Optional.empty();
        }
        TagPage.Listed listed = pages.find(feed, base, tag);
        if (listed == null) {
            // a tag that was listed before the base is not there any more; a missing one is kept for those who select
            // it
            return Optional.ofNullable(own).filter(known -> !known.listed());
        }
        Instant since = stock.since() == null ? Instant.EPOCH : stock.since();
        return Optional.of(
                own == null
                        ? KnownTag.seen(listed.digest(), since, listed.firstSeen())
                        : own.inStock(listed.digest(), since));
    }

    /** Whether the base in force has the tag, whatever is newer than it. */
    private boolean isInBase(Feed feed, String tag) {
        Base base = state(feed).stock().bases().inForce();
        return base != null && pages.find(feed, base, tag) != null;
    }

    /** What scans say that does not count yet. */
    PendingTags pending() {
        return pending;
    }

    /** The check of the tag that is requested. */
    Optional<Envelope<TagCheckWanted>> wanted(Feed feed, String tag) {
        Envelope<?> request = wanted.get(Keys.tag(feed, tag));
        return request != null && request.event() instanceof TagCheckWanted asked
                ? Optional.of(new Envelope<>(
                        request.id(),
                        request.source(),
                        request.time(),
                        request.correlationid(),
                        request.causationid(),
                        request.traceparent(),
                        asked))
                : Optional.empty();
    }

    /** How many tags have been read for lists: what full passes cost. */
    long read() {
        return read;
    }

    /** How many tags the feed has, or a few more: what a full pass costs. */
    int size(Feed feed) {
        Integer size = sizes.get(feed);
        if (size == null) {
            int[] counted = new int[1];
            tags.forEach(Keys.tag(feed, ""), (key, known) -> counted[0]++);
            size = counted[0];
            sizes.put(feed, size);
        }
        return size + state(feed).stock().tags();
    }

    /** The tags of a feed's list, in their order; costs what the feed has. */
    List<String> listed(Feed feed) {
        Stock stock = state(feed).stock();
        List<String> found = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        String prefix = Keys.tag(feed, "");
        tags.forEach(prefix, (key, known) -> {
            read++;
            if (stock.isNews(known)) {
                String tag = key.substring(prefix.length());
                boolean unused = known.listed() ? found.add(tag) : gone.add(tag);
            }
        });
        Base base = stock.bases().inForce();
        if (base == null) {
            return found;
        }
        Set<String> news = Set.copyOf(found);
        pages.forEach(feed, base, tag -> {
            read++;
            if (!news.contains(tag) && !gone.contains(tag)) {
                found.add(tag);
            }
        });
        if (!news.isEmpty()) {
            found.sort(Comparator.naturalOrder());
        }
        return found;
    }

    /**
     * How far a list is read: first what lies beside the base, then page after page.
     *
     * @param base whose pages are read; null before the first of them
     */
    record Cursor(@Nullable Base base, String after, int page) {

        static final Cursor BEGIN = new Cursor(null, "", 0);
    }

    /** @param next where it goes on; null at the end */
    record Listing(List<String> tags, @Nullable Cursor next) {}

    /** Some of the tags of a feed's list; a page is read as a whole. From the beginning where another base is in force. */
    Listing listed(Feed feed, Cursor cursor, int limit) {
        Stock stock = state(feed).stock();
        Base base = stock.bases().inForce();
        List<String> found = new ArrayList<>();
        if (cursor.page() > 0 && base != null && !base.equals(cursor.base())) {
            return listed(feed, Cursor.BEGIN, limit);
        }
        if (cursor.page() > 0 && base != null) {
            pages.forEach(feed, base, cursor.page(), tag -> {
                read++;
                KnownTag own = sizes.getOrDefault(feed, 1) == 0 ? null : tags.get(Keys.tag(feed, tag));
                if (own == null || !stock.isNews(own)) {
                    found.add(tag);
                }
            });
            return new Listing(found, pageBehind(base, cursor.page()));
        }
        String prefix = Keys.tag(feed, "");
        List<String> seen = new ArrayList<>();
        tags.forSome(prefix, cursor.after(), limit, (key, known) -> {
            read++;
            seen.add(key.substring(prefix.length()));
            if (stock.isNews(known) && known.listed()) {
                found.add(key.substring(prefix.length()));
            }
        });
        return new Listing(found, seen.size() < limit ? pageBehind(base, 0) : new Cursor(null, seen.getLast(), 0));
    }

    private static @Nullable Cursor pageBehind(@Nullable Base base, int page) {
        return base == null || page == base.pages() ? null : new Cursor(base, "", page + 1);
    }

    /** What a page of a base leads to. */
    sealed interface Arrival {

        record Ignored() implements Arrival {}

        record Arrived() implements Arrival {}

        /**
         * The base is in force.
         *
         * @param isNew whether it may say something that was not known
         */
        record InForce(boolean isNew) implements Arrival {}
    }

    /**
     * Takes a page of a base.
     *
     * @param at when it was written, not later than now
     */
    Arrival arrive(TagsListed page, Instant at) {
        Feed feed = page.feed();
        FeedState before = state(feed);
        return switch (before.stock().bases().take(page, pages.has(page))) {
            case BaseProgress.Step.Ignored ignored -> new Arrival.Ignored();
            case BaseProgress.Step.Arrived(BaseProgress now, Base abandoned) -> {
                pages.delete(feed, abandoned);
                save(feed, before.arrived(now, pages.put(page)));
                yield new Arrival.Arrived();
            }
            case BaseProgress.Step.InForce(BaseProgress now, Base base, Base abandoned, Base replaced) -> {
                pages.delete(feed, abandoned);
                pages.delete(feed, replaced);
                save(feed, before.inForce(now, pages.put(page), at));
                yield new Arrival.InForce(base.origin() == TagsListed.Origin.SCAN
                        || !before.complete()
                        || before.taking() != null
                        || before.stock().isBehind());
            }
        };
    }

    /** Takes note of the generation that news stand on. False where the base in force is an older one: a page was lost. */
    boolean standsOn(Feed feed, @Nullable ScanOrder base) {
        FeedState before = state(feed);
        boolean stands = before.stock().bases().isOf(base);
        if (!stands && !before.stock().isBehind()) {
            save(feed, before.with(before.stock().behind()));
        }
        return stands;
    }

    /** Whether a full scan has ever been taken over: before that the list is half read and decides nothing. */
    boolean complete(Feed feed) {
        return state(feed).complete();
    }

    /** The partition has a new owner, whose claim lies there. */
    void claimed(long offset) {
        owners.claimed(offset);
    }

    /**
     * Takes note of a scan. False for one of an earlier owner, and for one older than the newest that was seen: its facts
     * are ignored.
     *
     * @param offset of the record
     */
    boolean isNews(Feed feed, Scan scan, long offset) {
        ScanOrder order = scan.order();
        FeedState before = state(feed);
        if (!owners.admits(order.epoch(), offset) || before.isNewerThan(order, owners.newest())) {
            return false;
        }
        save(feed, before.saw(order));
        return true;
    }

    /** Whether an owner's word counts here. */
    boolean admits(long epoch, long offset) {
        return owners.admits(epoch, offset);
    }

    /** Nothing of the feed is known any more; what is kept of its tags goes in slices. */
    void forget(Feed feed, long offset) {
        FeedState before = state(feed);
        pages.delete(feed, before.stock().bases().inForce());
        pages.delete(feed, before.stock().bases().arriving());
        save(feed, before.forgotten(offset));
    }

    /** Nothing of the feed is kept any more. */
    void drop(Feed feed) {
        states.remove(feed);
        sizes.remove(feed);
        feeds.delete(feed.text());
    }

    FeedState state(Feed feed) {
        return states.computeIfAbsent(feed, one -> {
            FeedState state = feeds.get(one.text());
            return state == null ? FeedState.UNSEEN : state;
        });
    }

    void save(Feed feed, FeedState state) {
        FeedState before = states.put(feed, state);
        if (!state.equals(before)) {
            feeds.put(feed.text(), state);
        }
    }

    /** The feeds whose state is such. */
    Set<Feed> feeds(Predicate<FeedState> such) {
        Set<Feed> found = new HashSet<>();
        feeds.forEach("", (feed, state) -> {
            if (such.test(state)) {
                found.add(Feed.parse(feed));
            }
        });
        return found;
    }

    /**
     * Forgets what the base says, too, of the next tags.
     *
     * @return the last of them; null when there are no more
     */
    @Nullable
    String tidy(Feed feed, String after, int limit) {
        String prefix = Keys.tag(feed, "");
        FeedState state = state(feed);
        List<String> seen = new ArrayList<>();
        List<String> needless = new ArrayList<>();
        tags.forSome(prefix, after, limit, (key, known) -> {
            seen.add(key.substring(prefix.length()));
            if (!state.stock().isNews(known) && isNeedless(feed, key.substring(prefix.length()), known)) {
                needless.add(key.substring(prefix.length()));
            }
        });
        needless.forEach(tag -> delete(feed, tag));
        return seen.size() < limit ? null : seen.getLast();
    }

    /** Who selects a tag keeps it while it is missing; of one that the base does not list nobody needs to know more. */
    private boolean isNeedless(Feed feed, String tag, KnownTag known) {
        return state(feed).stock().bases().inForce() == null
                || known.isInStock()
                || (known.listed() && !isInBase(feed, tag));
    }

    void put(Feed feed, String tag, KnownTag known) {
        String key = Keys.tag(feed, tag);
        if (sizes.containsKey(feed) && tags.get(key) == null) {
            sizes.merge(feed, 1, Integer::sum);
        }
        tags.put(key, known);
    }

    /**
     * The tag is not there any more, and nobody needs to know more of it.
     *
     * @param offset of the record that says so
     */
    void remove(Feed feed, String tag, long offset) {
        if (isInBase(feed, tag)) {
            put(feed, tag, KnownTag.neverListed().at(offset));
        } else {
            delete(feed, tag);
        }
    }

    /** Nothing is known of the tag but what the base says. */
    void forget(Feed feed, String tag) {
        KnownTag own = tags.get(Keys.tag(feed, tag));
        if (own != null && own.listed() && isInBase(feed, tag)) {
            put(feed, tag, own.at(KnownTag.NOWHERE));
        } else {
            delete(feed, tag);
        }
    }

    private void delete(Feed feed, String tag) {
        if (tags.delete(Keys.tag(feed, tag)) != null) {
            sizes.computeIfPresent(feed, (one, size) -> size - 1);
        }
    }
}

package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.FeedState;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PendingTag;
import dev.tidemark.evaluation.table.Wakeup;
import dev.tidemark.events.BranchTagFound;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.EvaluatorInput;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Facts about tags, taken into the store and handed to the policies of their feed. Each method says whether the
 * policies are to be asked now.
 */
final class TagIntake {

    /** A scan's difference is taken up tag by tag as long as it costs less than asking every policy from scratch. */
    private static final long MAX_COMPARISONS = 1_000_000;

    private final TagStore store;
    private final PolicyIndex index;
    private final CheckRequests requests;
    private final int slice;
    private final TreeSet<Feed> takingOver = new TreeSet<>();
    private final Tidying tidying;
    private @Nullable Feed last;

    TagIntake(TagStore store, PolicyIndex index, CheckRequests requests, int slice) {
        this.store = store;
        this.index = index;
        this.requests = requests;
        this.slice = slice;
        takingOver.addAll(store.feeds(state -> state.taking() != null));
        tidying = new Tidying(store, slice);
    }

    /**
     * What a scan says of one tag counts when the scan has completed; there are hundreds of these to one of others. So does a
     * fact of a scope of tomorrow: it may be of a list that is half read, and nobody says it twice.
     */
    static boolean isPutOff(EvaluatorInput input) {
        return switch (input) {
            case Event.TagDiscovered found -> found.scope() != Event.Scope.TAG;
            case Event.TagRemoved gone -> gone.scope() != Event.Scope.TAG;
            case TagsChanged changed -> true;
            case TagsListed listed -> false;
            case Event.ScanCompleted completed -> false;
            case Event.PolicyDeclared declared -> false;
            case PolicyHandedOver handedOver -> false;
            case BranchTagFound found -> false;
            case ControlRequested control -> false;
            case Event.PartitionClaimed claim -> false;
        };
    }

    /** The partition has a new owner, whose claim lies there. */
    void claimed(long offset) {
        store.claimed(offset);
    }

    /**
     * Two machines' clocks differ: what was found later than now was found now, and what answers a request of ours is an
     * answer, however old it seems.
     *
     * @param cause the envelope of the fact
     * @param now by this evaluator's clock
     * @param offset of the record, as in all of these
     */
    boolean discovered(Event.TagDiscovered found, Envelope<?> cause, Instant now, long offset) {
        Feed feed = found.feed();
        if (!store.isNews(feed, found.scan(), offset)) {
            return false;
        }
        standsOn(feed, found.base());
        settle(feed, found.tag());
        Instant at = earlier(cause.time(), now);
        // what comes behind the answer is no older
        boolean answer = store.wanted(feed, found.tag())
                        .filter(request -> request.id().equals(cause.causationid()))
                        .isPresent()
                || store.find(feed, found.tag()).filter(KnownTag::answered).isPresent();
        KnownTag known = KnownTag.seen(found.digest(), at, found.firstSeen())
                .answering(answer)
                .at(offset);
        if (isPutOff(found)) {
            store.pending().add(feed, found.tag(), known);
            return false;
        }
        store.pending().forget(feed, found.tag());
        add(feed, found.tag(), known, index.on(feed));
        return !isTakingOver(feed);
    }

    /** Takes a page of a scan's difference, which takes effect when the scan has ended. */
    void changed(TagsChanged news, Envelope<?> cause, Instant now, long offset) {
        Feed feed = news.feed();
        if (!store.isNews(feed, news.scan(), offset)) {
            return;
        }
        standsOn(feed, news.base());
        Instant at = earlier(cause.time(), now);
        news.added().forEach(tag -> {
            settle(feed, tag);
            store.pending()
                    .add(feed, tag, KnownTag.seen(null, at, news.firstSeen()).at(offset));
        });
        news.removed().forEach(tag -> {
            settle(feed, tag);
            store.pending().add(feed, tag, null);
        });
    }

    /**
     * Takes a page of a base. The last one puts it in force, which costs what is selected, and not what is listed: policies that
     * it may concern are asked from scratch, in batches where that is much.
     */
    boolean listed(TagsListed page, Envelope<?> cause, Instant now, long offset) {
        Feed feed = page.feed();
        if (!store.isNews(feed, page.scan(), offset)) {
            return false;
        }
        List<PolicyRun> runs = index.on(feed);
        // a fold says of nobody whether it is there
        Map<String, KnownTag> watched = page.origin() == TagsListed.Origin.SCAN ? watched(feed, runs) : Map.of();
        if (!(store.arrive(page, earlier(cause.time(), now)) instanceof TagStore.Arrival.InForce(boolean isNew))) {
            return false;
        }
        requests.baseCame(feed);
        takingOver.remove(feed);
        watched.forEach((tag, before) -> seenOrMissed(feed, tag, before, offset));
        tidying.begin(feed);
        if (isNew) {
            runs.forEach(run -> run.choice().forget());
        }
        return isNew;
    }

    /** What is known of the tags that policies select or watch. */
    private Map<String, KnownTag> watched(Feed feed, List<PolicyRun> runs) {
        Map<String, KnownTag> watched = new TreeMap<>();
        Stream.concat(
                        runs.stream().flatMap(run -> run.watchedTags().stream()),
                        runs.stream()
                                .flatMap(run -> run.state().selection().stream().map(SelectedTag::tag)))
                .forEach(tag -> store.find(feed, tag).ifPresent(known -> watched.put(tag, known)));
        return watched;
    }

    /** A registry's whole list says of each tag whether it is there. */
    private void seenOrMissed(Feed feed, String tag, KnownTag before, long offset) {
        if (store.find(feed, tag).filter(KnownTag::listed).isEmpty()) {
            store.put(feed, tag, before.absentFromList().at(offset));
        }
        requests.markDirty(feed, tag);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isAfter(other) ? other : one;
    }

    private void standsOn(Feed feed, @Nullable ScanOrder base) {
        if (!store.standsOn(feed, base)) {
            requests.newBase(feed);
        }
    }

    /**
     * The log forgets a tag, or a feed that no resource names any more: so do we, but for what somebody selects. That a page is
     * forgotten says nothing: another base is in force, or the feed follows.
     *
     * @param key of the tombstone
     * @param epoch of the owner that wrote it
     */
    void forgotten(String key, long epoch, long offset) {
        Optional<FeedKey> parsed = FeedKey.parse(key);
        if (parsed.isEmpty() || !store.admits(epoch, offset)) {
            return;
        }
        List<PolicyRun> runs = index.on(parsed.get().feed());
        switch (parsed.get()) {
            case FeedKey.OfTag(Feed feed, String tag) -> forget(feed, tag, runs);
            case FeedKey.Whole(Feed feed) -> {
                if (runs.isEmpty()) {
                    store.forget(feed, offset);
                    takingOver.remove(feed);
                    tidying.begin(feed);
                }
            }
            case FeedKey.OfPage page -> {}
            case FeedKey.OfNews page -> {}
        }
    }

    /** Beyond the base nothing is known of it; where nobody had the base, it goes. */
    private void forget(Feed feed, String tag, List<PolicyRun> runs) {
        store.pending().forget(feed, tag);
        if (selectedBy(runs).contains(tag)) {
            return;
        }
        boolean before = store.find(feed, tag).filter(KnownTag::listed).isPresent();
        store.forget(feed, tag);
        boolean after = store.find(feed, tag).filter(KnownTag::listed).isPresent();
        if (before != after || !after) {
            runs.forEach(run -> changed(run, tag, after));
        }
    }

    private static void changed(PolicyRun run, String tag, boolean listed) {
        if (listed) {
            run.added(tag);
        } else {
            run.removed(tag);
        }
    }

    boolean removed(Event.TagRemoved gone, long offset) {
        Feed feed = gone.feed();
        if (!store.isNews(feed, gone.scan(), offset)) {
            return false;
        }
        standsOn(feed, gone.base());
        settle(feed, gone.tag());
        if (isPutOff(gone)) {
            store.pending().add(feed, gone.tag(), null);
            return false;
        }
        store.pending().forget(feed, gone.tag());
        KnownTag before = store.find(feed, gone.tag()).orElseGet(KnownTag::neverListed);
        requests.markDirtyAnew(feed, gone.tag());
        List<PolicyRun> runs = index.on(feed);
        remove(feed, gone.tag(), before.notFound().at(offset), runs, selectedBy(runs));
        return !isTakingOver(feed);
    }

    /**
     * Takes over what a scan found. A large difference goes on in slices, see {@link #nextSlice}; until it has been taken over
     * nobody is asked about the feed.
     */
    boolean completed(Event.ScanCompleted scan, Wakeup event, long offset) {
        Feed feed = scan.feed();
        if (!store.isNews(feed, scan.scan(), offset)) {
            return false;
        }
        boolean goesOn = isTakingOver(feed);
        store.save(feed, store.state(feed).end(event, offset));
        List<PolicyRun> runs = index.on(feed);
        if (goesOn) {
            return false; // from the beginning: its own facts may stand where the other's were taken over already
        }
        PendingTags.Slice some = store.pending().take(feed, "", slice);
        boolean fromScratch = !some.isLast() || (long) some.tags().size() * runs.size() > MAX_COMPARISONS;
        if (fromScratch) {
            runs.forEach(run -> run.choice().forget());
        }
        takeOver(feed, some, fromScratch ? List.of() : runs, selectedBy(runs));
        return some.isLast();
    }

    /** Whether what is known of the feed's list is half the old one and half the new one. */
    boolean isTakingOver(Feed feed) {
        return store.state(feed).taking() != null;
    }

    boolean isTakingOver() {
        return !takingOver.isEmpty();
    }

    /** What costs memory, and no decision depends on. */
    Tidying tidying() {
        return tidying;
    }

    /**
     * A slice of a scan's difference was taken over.
     *
     * @param ended whether it was the last one
     */
    record Progress(Feed feed, Wakeup event, boolean ended) {}

    /** Takes the next slice over, of one feed after the other; only where there is one. */
    Progress nextSlice() {
        Feed next = last == null ? null : takingOver.higher(last);
        Feed feed = next == null ? takingOver.first() : next;
        last = feed;
        FeedState.TakeOver taking = store.state(feed).taking();
        if (taking == null) {
            throw new IllegalStateException("the feeds that are being taken over and their table agree: " + feed);
        }
        PendingTags.Slice some = store.pending().take(feed, taking.after(), slice);
        takeOver(feed, some, List.of(), selectedBy(index.on(feed)));
        return new Progress(feed, taking.event(), some.isLast());
    }

    private void takeOver(Feed feed, PendingTags.Slice some, List<PolicyRun> hearing, Set<String> selected) {
        some.tags().forEach((tag, difference) -> take(feed, tag, difference, hearing, selected));
        FeedState state = store.state(feed);
        store.save(feed, some.isLast() ? state.taken() : state.takenUpTo(some.last()));
        if (some.isLast()) {
            takingOver.remove(feed);
        } else {
            takingOver.add(feed);
        }
    }

    /** What an ended scan said of a tag comes before what is newer. */
    private void settle(Feed feed, String tag) {
        store.pending().take(feed, tag).ifPresent(said -> take(feed, tag, said, List.of(), selectedBy(index.on(feed))));
    }

    private void take(Feed feed, String tag, PendingTag difference, List<PolicyRun> hearing, Set<String> selected) {
        KnownTag added = difference.added();
        if (added == null) {
            FeedState.TakeOver taking = store.state(feed).taking();
            long ended = taking == null || taking.offset() == null ? KnownTag.NOWHERE : taking.offset();
            store.find(feed, tag)
                    .ifPresent(
                            before -> remove(feed, tag, before.absentFromList().at(ended), hearing, selected));
        } else {
            add(feed, tag, added, hearing);
        }
    }

    private void add(Feed feed, String tag, KnownTag known, List<PolicyRun> runs) {
        Optional<KnownTag> before = store.find(feed, tag).filter(KnownTag::listed);
        KnownTag now = before.map(known::asOldAs).orElse(known);
        store.put(feed, tag, now);
        if (before.isEmpty()) {
            runs.forEach(run -> run.added(tag));
        } else if (!now.equals(before.get())) {
            runs.forEach(run -> run.changed(tag));
        }
        if (requests.inForce(feed, tag)) {
            requests.markDirty(feed, tag);
        }
    }

    /** The tag is no candidate any more; it is kept as missing only while somebody selects it. */
    private void remove(Feed feed, String tag, KnownTag missing, List<PolicyRun> runs, Set<String> selected) {
        if (selected.contains(tag)) {
            store.put(feed, tag, missing);
        } else {
            store.remove(feed, tag, missing.offset());
        }
        runs.forEach(run -> run.removed(tag));
        if (selected.contains(tag) || requests.inForce(feed, tag)) {
            requests.markDirty(feed, tag);
        }
    }

    private static Set<String> selectedBy(List<PolicyRun> runs) {
        Set<String> tags = new HashSet<>();
        runs.forEach(run -> tags.addAll(run.state().keeps()));
        return tags;
    }
}

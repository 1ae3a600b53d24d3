package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is told of tags, taken into the book and handed to the policies of their feed. Each method says whether the
 * policies are to be asked now.
 */
final class TagIntake {

    /** A scan's difference is taken up tag by tag as long as it costs less than asking every policy from scratch. */
    private static final long MAX_COMPARISONS = 1_000_000;

    private final TagBook book;
    private final PolicyShelf shelf;
    private final Wants wants;

    TagIntake(TagBook book, PolicyShelf shelf, Wants wants) {
        this.book = book;
        this.shelf = shelf;
        this.wants = wants;
    }

    /** @param at when the registry was asked */
    boolean discovered(Event.TagDiscovered found, Instant at) {
        Feed feed = found.feed();
        if (!book.isNews(feed, found.scan(), false)) {
            return false;
        }
        KnownTag known = KnownTag.seen(found.digest(), at, found.firstSeen());
        if (found.scope() == Event.Scope.SCAN) {
            book.putOff(feed, found.tag(), new PendingTag(known));
            return false;
        }
        book.forgetPending(feed, found.tag());
        add(feed, found.tag(), known, shelf.on(feed));
        return true;
    }

    boolean removed(Event.TagRemoved gone) {
        Feed feed = gone.feed();
        if (!book.isNews(feed, gone.scan(), false)) {
            return false;
        }
        if (gone.scope() == Event.Scope.SCAN) {
            book.putOff(feed, gone.tag(), PendingTag.REMOVED);
            return false;
        }
        book.forgetPending(feed, gone.tag());
        KnownTag before = book.find(feed, gone.tag()).orElseGet(KnownTag::neverListed);
        wants.touchAnew(feed, gone.tag());
        List<PolicyRun> runs = shelf.on(feed);
        remove(feed, gone.tag(), before.notFound(), runs, selectedBy(runs));
        return true;
    }

    boolean completed(Event.ScanCompleted scan) {
        Feed feed = scan.feed();
        if (!book.isNews(feed, scan.scan(), true)) {
            return false;
        }
        List<PolicyRun> runs = shelf.on(feed);
        Set<String> selected = selectedBy(runs);
        Map<String, PendingTag> differences = book.takePending(feed);
        boolean fromScratch = (long) differences.size() * runs.size() > MAX_COMPARISONS;
        List<PolicyRun> hearing = fromScratch ? List.of() : runs;
        differences.forEach((tag, difference) -> {
            KnownTag added = difference.added();
            if (added == null) {
                book.find(feed, tag).ifPresent(before -> remove(feed, tag, before.absentFromList(), hearing, selected));
            } else {
                add(feed, tag, added, hearing);
            }
        });
        if (fromScratch) {
            runs.forEach(run -> run.choice().forget());
        }
        return true;
    }

    private void add(Feed feed, String tag, KnownTag known, List<PolicyRun> runs) {
        Optional<KnownTag> before = book.find(feed, tag).filter(KnownTag::listed);
        book.put(feed, tag, before.map(known::asOldAs).orElse(known));
        if (before.isEmpty()) {
            runs.forEach(run -> run.choice().added(tag));
        }
        if (wants.inForce(feed, tag)) {
            wants.touch(feed, tag);
        }
    }

    /** The tag is no candidate any more; it is remembered as missing only while somebody selects it. */
    private void remove(Feed feed, String tag, KnownTag missing, List<PolicyRun> runs, Set<String> selected) {
        if (selected.contains(tag)) {
            book.put(feed, tag, missing);
        } else {
            book.delete(feed, tag);
        }
        runs.forEach(run -> run.choice().removed(tag));
        if (selected.contains(tag) || wants.inForce(feed, tag)) {
            wants.touch(feed, tag);
        }
    }

    private static Set<String> selectedBy(List<PolicyRun> runs) {
        Set<String> tags = new HashSet<>();
        runs.forEach(run -> run.memory().selection().forEach(selected -> tags.add(selected.tag())));
        return tags;
    }
}

package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.RangeHeader;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.TagSelected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides recorded history once more and compares: the same inputs must come to the same decisions. Of a million records
 * it holds where the decisions are, and one partition's tags and policies.
 */
public final class Replay {

    private static final Comparison.Kind<PolicyDecided> DECISIONS =
            new Comparison.Kind<>(one -> one.target().text(), PolicyDecided::decidedAt, Replay::alike);

    private static final Comparison.Kind<TagSelected> SELECTIONS =
            new Comparison.Kind<>(one -> one.target().text(), TagSelected::decidedAt, Replay::alike);

    private Replay() {}

    /**
     * What a replay came to.
     *
     * @param decisions how many recorded decisions were compared
     * @param selections how many recorded selections were
     * @param setAside how many more there are that follow what this version does not understand, before what was replayed
     *     agrees again: whether they differ cannot be known
     * @param leftOut how many records this version does not understand, or not all of: where there are differences, they may
     *     be why
     * @param differences of each target the first one
     */
    public record Result(
            RangeHeader header,
            long decisions,
            long selections,
            long setAside,
            long leftOut,
            List<Difference> differences) {}

    /**
     * Where the two part.
     *
     * @param line of the range that holds what was recorded; 0 where nothing was
     * @param recorded a decision or a selection; null where the replay has one that was not recorded
     * @param replayed null where what was recorded does not come from what was recorded before
     */
    public record Difference(
            String target,
            long line,
            @Nullable Event recorded,
            @Nullable Event replayed) {}

    /** Replays a range, and compares what was decided and selected since the time that it was asked for. */
    public static Result of(RangeFile range) {
        return of(range, range.foreign());
    }

    static Result of(RecordedHistory history, long foreign) {
        RangeHeader header = history.header();
        Understanding understanding = new Understanding();
        understanding.count(foreign);
        HistoryIndex index = HistoryIndex.of(history, understanding);
        Map<String, Difference> differences = new TreeMap<>();
        for (HistoryIndex.Entry entry : index.unplaced()) {
            index.read(entry, PolicyDecided.class)
                    .filter(decided -> !decided.decidedAt().isBefore(header.since()))
                    .map(decided -> new Difference(decided.target().text(), entry.line(), decided, null))
                    .ifPresent(one -> differences.putIfAbsent(one.target(), one));
        }
        long decisions = 0;
        long selections = 0;
        long setAside = 0;
        for (int partition = 0; partition < header.partitions(); partition++) {
            var found = new PartitionReplay.Found(
                    new Comparison<>(header.since(), header.until(), DECISIONS),
                    new Comparison<>(header.since(), header.until(), SELECTIONS));
            new PartitionReplay(history, index, partition, understanding, found).run();
            // a decision says why; the selection that follows from it differs, too
            found.decisions().end().forEach(one -> differences.putIfAbsent(one.target(), one));
            found.selections().end().forEach(one -> differences.putIfAbsent(one.target(), one));
            decisions += found.decisions().compared();
            selections += found.selections().compared();
            setAside += found.decisions().setAside() + found.selections().setAside();
        }
        return new Result(
                header,
                decisions,
                selections,
                setAside,
                understanding.notUnderstood(),
                new ArrayList<>(differences.values()));
    }

    /** Alike in all that somebody acts on or reads; the clock and the version may differ. */
    private static boolean alike(PolicyDecided a, PolicyDecided b) {
        return a.outcome() == b.outcome()
                && a.reason().equals(b.reason())
                && (a.message().equals(b.message()) || saysMore(a, b))
                && a.selection().equals(b.selection())
                && a.previous().equals(b.previous())
                // older evaluators recorded none
                && (a.details() == null || a.details().equals(b.details()) || saysMore(a, b));
    }

    /** Older evaluators left open what was looked for where nothing matches. */
    private static boolean saysMore(PolicyDecided a, PolicyDecided b) {
        return a.outcome() == DecisionOutcome.NOTHING_MATCHES
                && b.message().startsWith(a.message() + ": no tag of ")
                && b.message().equals(b.details());
    }

    /** The number of a selection depends on what others wrote for the target meanwhile. */
    private static boolean alike(TagSelected a, TagSelected b) {
        return a.image().equals(b.image())
                && a.name().equals(b.name())
                && a.tags().equals(b.tags())
                && a.previous().equals(b.previous());
    }
}

package dev.tidemark.evaluation.whatif;

import dev.tidemark.evaluation.whatif.WhatIf.Moment;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.SelectedTag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What would have been selected and what was, side by side in time. */
final class Moments {

    /** What a person reads, and a page shows; the counts go on. */
    static final int MOST = 10_000;

    /** Of a list of thousands the first few. */
    static final int MOST_TAGS = 20;

    /** What was decided was written a little later than what it follows from: the same moment. */
    private static final Duration LATENCY = Duration.ofSeconds(5);

    private final List<Moment> moments = new ArrayList<>();
    private long more;
    private int changes;
    private int recordedChanges;
    private List<SelectedTag> wouldSelect;
    private List<SelectedTag> recorded;
    private Newest newest = Newest.DECISION;

    /** What the last moment tells of: what is decided and what is written down a little later are one. */
    private enum Newest {
        DECISION,
        RECORD,
        BOTH
    }

    /**
     * When the range begins.
     *
     * @param wouldSelect what the policy begins with
     * @param selected what was selected
     */
    Moments(List<SelectedTag> wouldSelect, List<SelectedTag> selected) {
        this.wouldSelect = wouldSelect;
        this.recorded = selected;
    }

    /** From now on this would be selected. */
    void wouldSelect(List<SelectedTag> tags) {
        changes += tags.equals(wouldSelect) ? 0 : 1;
        wouldSelect = tags;
    }

    /** From now on this would hold. */
    void decided(PolicyDecided decided, Instant at) {
        Moment last = last();
        boolean again =
                last != null && newest != Newest.RECORD && last.at().equals(at); // one opens the way to the next
        boolean late = last != null && newest == Newest.RECORD && isOf(at, last) && wouldSelect.equals(recorded);
        if (again || late) {
            moments.removeLast();
        }
        add(moment(at, decided.outcome(), decided.reason(), decided.message()), Newest.DECISION);
    }

    /** From now on this was selected. */
    void recorded(List<SelectedTag> tags, Instant at) {
        recordedChanges += tags.equals(recorded) ? 0 : 1;
        recorded = tags;
        Moment last = last();
        if (last == null) {
            add(moment(at, DecisionOutcome.WAITING, "", ""), Newest.RECORD);
        } else if (newest != Newest.DECISION || !isOf(at, last)) {
            add(moment(at, last.outcome(), last.reason(), last.sentence()), Newest.RECORD);
        } else {
            moments.set(moments.size() - 1, moment(last.at(), last.outcome(), last.reason(), last.sentence()));
            newest = Newest.BOTH;
        }
    }

    /** What is decided now waits for something that nobody knows. */
    void waitsFor(String unknown) {
        Moment last = last();
        if (last != null) {
            moments.set(
                    moments.size() - 1,
                    new Moment(
                            last.at(),
                            last.wouldSelect(),
                            last.outcome(),
                            last.reason(),
                            last.sentence(),
                            unknown,
                            last.recorded(),
                            last.same()));
        }
    }

    private @Nullable Moment last() {
        return moments.isEmpty() ? null : moments.getLast();
    }

    private static boolean isOf(Instant at, Moment moment) {
        return !moment.at().plus(LATENCY).isBefore(at);
    }

    private void add(Moment moment, Newest of) {
        newest = of;
        if (moments.size() > MOST) {
            moments.removeLast();
            more++;
        }
        moments.add(moment);
    }

    private Moment moment(Instant at, DecisionOutcome outcome, String reason, String sentence) {
        return new Moment(
                at, first(wouldSelect), outcome, reason, sentence, null, first(recorded), wouldSelect.equals(recorded));
    }

    /** All of it. */
    WhatIf.Result end(Question question, Instant since, Instant until, long leftOut) {
        return new WhatIf.Result(
                question.policy().target(),
                since,
                until,
                List.copyOf(moments),
                more,
                first(wouldSelect),
                first(recorded),
                wouldSelect.equals(recorded),
                changes,
                recordedChanges,
                leftOut,
                question.warnings());
    }

    private static List<SelectedTag> first(List<SelectedTag> tags) {
        return tags.size() <= MOST_TAGS ? List.copyOf(tags) : List.copyOf(tags.subList(0, MOST_TAGS));
    }
}

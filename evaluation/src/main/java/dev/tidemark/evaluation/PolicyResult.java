package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagRemark;
import dev.tidemark.policies.gate.Check;
import dev.tidemark.policies.gate.HeldBack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a policy comes to.
 *
 * @param selection what is to be published; the present one when nothing changes
 * @param verdict the outcome in words
 * @param remarks why not the other tags that come into question
 * @param check a tag to check
 * @param evaluateAgainAt when time alone may change the answer
 * @param awaits the list that is to be published as soon as all its digests are known
 * @param answersFound whether branches that hold more than what is selected may be given it
 */
record PolicyResult(
        List<SelectedTag> selection,
        Verdict verdict,
        List<TagRemark> remarks,
        Optional<Check> check,
        Optional<Instant> evaluateAgainAt,
        List<String> awaits,
        boolean answersFound) {

    /** Of a policy of which no branch holds more than what is selected. */
    PolicyResult(
            List<SelectedTag> selection,
            Verdict verdict,
            List<TagRemark> remarks,
            Optional<Check> check,
            Optional<Instant> evaluateAgainAt,
            List<String> awaits) {
        this(selection, verdict, remarks, check, evaluateAgainAt, awaits, false);
    }

    /**
     * The outcome in words. The reasons are Flux's where Flux has one (flux-git-based 5.4 and 20).
     *
     * @param note with {@code SELECTED} and {@code KEPT} it follows Flux's sentence, else it is the message
     * @param until when the reason ends by itself
     */
    record Verdict(DecisionOutcome outcome, String reason, String note, Optional<Instant> until) {

        static final Verdict SUCCEEDED = new Verdict(DecisionOutcome.SELECTED, "Succeeded", "");

        Verdict(DecisionOutcome outcome, String reason, String note) {
            this(outcome, reason, note, Optional.empty());
        }

        /** A gate holds something back. */
        static Verdict heldBack(PolicyState state, HeldBack why) {
            return stays(state, why.reason().name(), why.sentence(), why.until());
        }

        /** Something is published and stays for this reason; without anything published one waits. */
        static Verdict stays(PolicyState state, String reason, String note) {
            return stays(state, reason, note, Optional.empty());
        }

        private static Verdict stays(PolicyState state, String reason, String note, Optional<Instant> until) {
            return new Verdict(
                    state.selection().isEmpty() ? DecisionOutcome.WAITING : DecisionOutcome.KEPT, reason, note, until);
        }

        static Verdict waiting(String reason, String note) {
            return new Verdict(DecisionOutcome.WAITING, reason, note);
        }

        static Verdict nothing(String reason, String note) {
            return new Verdict(DecisionOutcome.NOTHING_MATCHES, reason, note);
        }

        static Verdict invalid(String reason, String note) {
            return new Verdict(DecisionOutcome.INVALID, reason, note);
        }
    }

    /** What is published stays. */
    static PolicyResult stays(PolicyState state, Verdict verdict) {
        return new PolicyResult(state.selection(), verdict, List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /** A gate holds something back: what is published stays, and the gate says when to ask again and what. */
    static PolicyResult heldBack(PolicyState state, HeldBack why) {
        return new PolicyResult(
                state.selection(), Verdict.heldBack(state, why), List.of(), why.check(), why.until(), List.of());
    }

    static PolicyResult publishes(List<SelectedTag> selection) {
        return new PolicyResult(selection, Verdict.SUCCEEDED, List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    PolicyResult saying(Verdict other) {
        return new PolicyResult(selection, other, remarks, check, evaluateAgainAt, awaits, answersFound);
    }

    PolicyResult remarking(List<TagRemark> others) {
        return new PolicyResult(selection, verdict, others, check, evaluateAgainAt, awaits, answersFound);
    }

    PolicyResult checking(Check wanted) {
        return new PolicyResult(
                selection, verdict, remarks, Optional.of(wanted), evaluateAgainAt, awaits, answersFound);
    }

    PolicyResult evaluatingAgain(Optional<Instant> at) {
        return new PolicyResult(selection, verdict, remarks, check, at, awaits, answersFound);
    }

    PolicyResult awaiting(List<String> list) {
        return new PolicyResult(selection, verdict, remarks, check, evaluateAgainAt, list, answersFound);
    }

    PolicyResult answeringFound() {
        return new PolicyResult(selection, verdict, remarks, check, evaluateAgainAt, awaits, true);
    }
}

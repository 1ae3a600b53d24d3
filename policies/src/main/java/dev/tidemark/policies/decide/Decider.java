package dev.tidemark.policies.decide;

import dev.tidemark.policies.decide.Decision.FullPassCause;
import dev.tidemark.policies.decide.Decision.KeepReason;
import dev.tidemark.policies.decide.Decision.Movement;
import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.select.Selection;
import dev.tidemark.policies.select.SelectionState;
import dev.tidemark.policies.select.Step;
import dev.tidemark.policies.select.TagPolicy;
import dev.tidemark.policies.select.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The one decision about a target. In this order: wrong annotations, holds, ages, the direction of the
 * step, freezes, and last the stop, which nothing passes. Never backwards by accident: a tag that merely is not listed any more is not
 * given up before {@link DecisionInput.Presence#CONFIRMED_GONE} (we differ from Flux, quirk Q9).
 *
 * <p>A lower tag is selected without confirmation when a person asked for it: the policy no longer wants
 * the published tag, or a hold skips it. With {@code never} only a hold does it.
 */
public final class Decider {

    private final DecisionInput input;
    private final TagPolicy policy;
    private final Rules rules;
    private final Admission admission;

    private Decider(DecisionInput input, Rules rules) {
        this.input = input;
        this.policy = input.policy();
        this.rules = rules;
        this.admission = new Admission(input, rules);
    }

    public static Outcome decide(DecisionInput input) {
        return switch (input.annotations()) {
            case Rules.Reading.Invalid(List<Rules.Mistake> mistakes) ->
                new Outcome(
                        new Decision.InvalidAnnotation(mistakes),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of());
            case Rules.Reading.Valid(Rules rules) -> new Decider(input, rules).outcome();
        };
    }

    private Outcome outcome() {
        return switch (evaluate()) {
            case Step.FullPassRequired(Step.Cause cause) -> fullPass(cause);
            case Step.Next(SelectionState before, SelectionState after) -> outcome(after);
        };
    }

    private static Outcome fullPass(Step.Cause cause) {
        FullPassCause why =
                switch (cause) {
                    case POLICY_DIFFERS -> FullPassCause.POLICY_OR_ANNOTATIONS_DIFFER;
                    case DECISIVE_TAG_REMOVED, CANDIDATE_REMOVED -> FullPassCause.DECISIVE_TAG_REMOVED;
                    case NAN_AMONG_VALUES -> FullPassCause.ORDER_DEPENDS_ON_ALL;
                };
        return new Outcome(
                new Decision.FullPassRequired(why), Optional.empty(), List.of(), Optional.empty(), List.of());
    }

    private Step evaluate() {
        return switch (input.candidates()) {
            case Candidates.All(Iterable<String> tags) -> {
                SelectionState state = policy.fullPass(tags, admission);
                yield new Step.Next(state, state);
            }
            case Candidates.Added(SelectorState selector, String tag) -> known(selector, admit(selector.state(), tag));
            case Candidates.Several(SelectorState selector, Collection<String> tags) ->
                known(selector, admitAll(selector.state(), tags));
            case Candidates.Removed(SelectorState selector, String tag) ->
                known(selector, policy.remove(selector.state(), tag));
            case Candidates.Unchanged(SelectorState selector) ->
                known(selector, new Step.Next(selector.state(), selector.state()));
        };
    }

    private Step known(SelectorState selector, Step step) {
        boolean same = selector.annotations().equals(rules.annotations())
                && selector.state().policy().equals(policy.spec());
        return same ? step : new Step.FullPassRequired(Step.Cause.POLICY_DIFFERS);
    }

    private Step admit(SelectionState state, String tag) {
        Step step = policy.add(state, tag);
        boolean decisive = step instanceof Step.Next next
                && next.changesSelection()
                && decisive(next.after().selection())
                        .filter(c -> c.tag().equals(tag))
                        .isPresent();
        return decisive && !policy.candidate(tag).filter(admission).isPresent() ? new Step.Next(state, state) : step;
    }

    private Step admitAll(SelectionState state, Collection<String> tags) {
        SelectionState now = state;
        for (String tag : tags) {
            switch (admit(now, tag)) {
                case Step.FullPassRequired required -> {
                    return required;
                }
                case Step.Next next -> now = next.after();
            }
        }
        return new Step.Next(state, now);
    }

    private static Optional<Candidate> decisive(Selection selection) {
        return switch (selection) {
            case Selection.Selected(Candidate candidate) -> Optional.of(candidate);
            case Selection.NotNumeric(Candidate offender) -> Optional.of(offender);
            case Selection.NothingMatches nothing -> Optional.empty();
        };
    }

    private Outcome outcome(SelectionState state) {
        Optional<Candidate> best = state.selection() instanceof Selection.Selected(Candidate candidate)
                ? Optional.of(candidate)
                : Optional.empty();
        List<Remark> turnedAway = admission.above(best);
        List<Remark> above = turnedAway.stream().limit(Outcome.MAX_REMARKS).toList();
        Decision decision = rules.hold().orElse(null) instanceof Hold.StayOn stay
                ? stayOn(stay, best)
                : best.map(candidate -> towards(candidate, above)).orElseGet(() -> nothing(state.selection(), above));
        Stream<Instant> times = Stream.concat(
                turnedAway.stream().flatMap(remark -> remark.until().stream()),
                decision instanceof Decision.Frozen frozen ? Stream.of(frozen.until()) : Stream.empty());
        return new Outcome(
                decision,
                Optional.of(new SelectorState(state, rules.annotations())),
                remarks(decision, best, above),
                times.min(Instant::compareTo),
                turnedAway.stream().map(Remark::tag).toList());
    }

    private Decision nothing(Selection selection, List<Remark> above) {
        return selection instanceof Selection.NothingMatches && !above.isEmpty()
                ? blocked(above.getFirst())
                : new Decision.Nothing(selection);
    }

    private Decision towards(Candidate best, List<Remark> above) {
        if (input.published().isEmpty()) {
            return gated(new Decision.Select(best.tag(), Optional.empty(), Movement.FIRST));
        }
        String published = input.published().get();
        if (published.equals(best.tag())) {
            return above.isEmpty() ? new Decision.Keep(published, KeepReason.STILL_BEST) : blocked(above.getFirst());
        }
        OptionalInt direction = policy.candidate(published)
                .map(old -> policy.compare(best, old))
                .orElse(OptionalInt.empty());
        if (direction.isEmpty()) {
            return gated(select(best, Movement.REPLACED));
        }
        return direction.getAsInt() >= 0 ? gated(select(best, Movement.UP)) : down(published, best);
    }

    private Decision down(String published, Candidate best) {
        boolean skipped = rules.hold().orElse(null) instanceof Hold.Skip skip
                && skip.names(published, policy.candidate(published).map(Candidate::value));
        boolean unwanted = policy.judge(published) != Verdict.ELIGIBLE;
        boolean gone = input.presence() == DecisionInput.Presence.CONFIRMED_GONE;
        if (skipped) {
            return gated(select(best, Movement.DOWN));
        }
        return switch (rules.downgrade()) {
            case NEVER -> new Decision.Keep(published, KeepReason.DOWNGRADE_FORBIDDEN);
            case CONFIRMED ->
                unwanted || gone
                        ? gated(select(best, Movement.DOWN))
                        : new Decision.AwaitConfirmation(published, best.tag());
            case ALWAYS -> gated(select(best, Movement.DOWN));
        };
    }

    private Decision select(Candidate best, Movement movement) {
        return new Decision.Select(best.tag(), input.published(), movement);
    }

    private Decision blocked(Remark first) {
        return first.until()
                .<Decision>map(until -> new Decision.TooYoung(first.tag(), until))
                .orElseGet(() ->
                        new Decision.Held(rules.hold().orElseThrow(), input.published(), Optional.of(first.tag())));
    }

    /** A hold that names a version is an order: it goes there also downwards and in a freeze. */
    private Decision stayOn(Hold.StayOn stay, Optional<Candidate> best) {
        Optional<String> published = input.published();
        Optional<String> wouldSelect = best.map(Candidate::tag);
        if (published.filter(tag -> names(stay, tag)).isPresent()) {
            return published.equals(wouldSelect)
                    ? new Decision.Keep(published.get(), KeepReason.STILL_BEST)
                    : new Decision.Held(stay, published, wouldSelect);
        }
        return listed(stay)
                .map(tag -> unlessStopped(new Decision.Select(tag, published, Movement.TO_HELD_VERSION), tag))
                .orElseGet(() -> new Decision.Held(stay, published, wouldSelect));
    }

    private Optional<String> listed(Hold.StayOn stay) {
        return switch (input.candidates()) {
            case Candidates.All(Iterable<String> tags) ->
                StreamSupport.stream(tags.spliterator(), false)
                        .filter(tag -> names(stay, tag))
                        .findFirst();
            case Candidates.Added added -> Optional.of(added.tag()).filter(tag -> names(stay, tag));
            case Candidates.Several several ->
                several.tags().stream().filter(tag -> names(stay, tag)).findFirst();
            case Candidates.Removed removed -> Optional.empty();
            case Candidates.Unchanged unchanged -> Optional.empty();
        };
    }

    private boolean names(Hold.StayOn stay, String tag) {
        return stay.names(tag, policy.candidate(tag).map(Candidate::value));
    }

    private Decision gated(Decision decision) {
        if (!(decision instanceof Decision.Select select)) {
            return decision;
        }
        Optional<Instant> frozen = FreezeWindow.frozenUntil(rules.freeze(), input.now());
        return unlessStopped(
                frozen.<Decision>map(until -> new Decision.Frozen(until, select.tag()))
                        .orElse(select),
                select.tag());
    }

    private Decision unlessStopped(Decision decision, String tag) {
        return input.stop()
                .<Decision>map(reason -> new Decision.Stopped(reason, tag))
                .orElse(decision);
    }

    private List<Remark> remarks(Decision decision, Optional<Candidate> best, List<Remark> above) {
        List<Remark> remarks = new ArrayList<>(above);
        best.ifPresent(candidate -> remarks.add(Standpoint.of(decision, candidate.tag())));
        if (input.candidates() instanceof Candidates.Added(SelectorState selector, String tag)
                && remarks.stream().noneMatch(remark -> remark.tag().equals(tag))) {
            remarks.add(Remark.of(tag, Remark.why(policy.judge(tag))));
        }
        return remarks.stream().limit(Outcome.MAX_REMARKS).toList();
    }
}

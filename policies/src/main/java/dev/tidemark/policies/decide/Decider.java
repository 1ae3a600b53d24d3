package dev.tidemark.policies.decide;

import dev.tidemark.policies.decide.Decision.FullPassCause;
import dev.tidemark.policies.decide.Decision.Movement;
import dev.tidemark.policies.gate.Admission;
import dev.tidemark.policies.gate.Descent;
import dev.tidemark.policies.gate.EmergencyStop;
import dev.tidemark.policies.gate.Gate;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.gate.Publication;
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
 * The one decision about a target: the policy says which tag is the best, the gates which may be it, whether a lower one
 * may follow what is published, and whether anything may be published now. What they ask for is theirs to say; nothing
 * passes the emergency stop.
 */
public final class Decider {

    private final DecisionInput input;
    private final TagPolicy policy;
    private final Gates gates;

    /** What nothing passes; admits everything unless somebody stopped everything. */
    private final Gate stop;

    private final Screening screening;

    private Decider(DecisionInput input, Gates gates) {
        this.input = input;
        this.policy = input.policy();
        this.gates = gates;
        this.stop = input.stop().<Gate>map(EmergencyStop::new).orElse(Gates.NONE);
        this.screening = new Screening(input, gates);
    }

    public static Outcome decide(DecisionInput input) {
        return switch (input.annotations()) {
            case Gates.Reading.Invalid(List<Gates.Mistake> mistakes) ->
                new Outcome(
                        new Decision.InvalidAnnotation(mistakes),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of());
            case Gates.Reading.Valid(Gates gates) -> new Decider(input, gates).outcome();
        };
    }

    private Outcome outcome() {
        return switch (evaluate()) {
            case Step.FullPassRequired(Step.Cause cause) -> fullPass(cause(cause));
            case Step.Next next
            when isTurnedAway(next.after().selection()) -> fullPass(FullPassCause.GATE_HOLDS_DECISIVE_TAG_BACK);
            case Step.Next next -> outcome(next.after());
        };
    }

    /** What was admitted once may be turned away later: a digest moves, a clock goes back. */
    private boolean isTurnedAway(Selection selection) {
        return decisive(selection)
                .filter(candidate -> gates.candidate(input.propose(candidate)) instanceof HeldBack)
                .isPresent();
    }

    private static Outcome fullPass(FullPassCause why) {
        return new Outcome(
                new Decision.FullPassRequired(why), Optional.empty(), List.of(), Optional.empty(), List.of());
    }

    private static FullPassCause cause(Step.Cause cause) {
        return switch (cause) {
            case POLICY_DIFFERS -> FullPassCause.POLICY_OR_ANNOTATIONS_DIFFER;
            case DECISIVE_TAG_REMOVED, CANDIDATE_REMOVED -> FullPassCause.DECISIVE_TAG_REMOVED;
            case NAN_AMONG_VALUES -> FullPassCause.ORDER_DEPENDS_ON_ALL;
        };
    }

    private Step evaluate() {
        return switch (input.candidates()) {
            case Candidates.All(Iterable<String> tags) -> {
                SelectionState state = policy.fullPass(tags, screening);
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
        boolean same = selector.annotations().equals(gates.annotations())
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
        return decisive && !policy.candidate(tag).filter(screening).isPresent() ? new Step.Next(state, state) : step;
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
        List<Remark> turnedAway = screening.above(best);
        List<Remark> above = turnedAway.stream().limit(Outcome.MAX_REMARKS).toList();
        Decision decision = gates.order().map(order -> ordered(order, best)).orElseGet(() -> best.map(
                        candidate -> towards(candidate, above))
                .orElseGet(() -> nothing(state.selection(), above)));
        Stream<Instant> times = Stream.concat(
                turnedAway.stream().flatMap(remark -> remark.why().until().stream()),
                decision instanceof Decision.Waits(HeldBack why) ? why.until().stream() : Stream.empty());
        return new Outcome(
                decision,
                Optional.of(new SelectorState(state, gates.annotations())),
                remarks(decision, best, above),
                times.min(Instant::compareTo),
                turnedAway);
    }

    private Decision nothing(Selection selection, List<Remark> above) {
        return selection instanceof Selection.NothingMatches
                ? better(above).map(this::kept).orElseGet(() -> new Decision.Nothing(selection))
                : new Decision.Nothing(selection);
    }

    /** Why the best of those that were turned away is not selected. */
    private static Optional<HeldBack> better(List<Remark> above) {
        return above.stream().findFirst().map(remark -> ((Why.Held) remark.why()).back());
    }

    private Decision kept(HeldBack why) {
        return input.published()
                .<Decision>map(published -> new Decision.Keep(published, Optional.of(why)))
                .orElseGet(() -> new Decision.Waits(why));
    }

    private Decision towards(Candidate best, List<Remark> above) {
        if (input.published().isEmpty()) {
            return published(best, Movement.FIRST);
        }
        String published = input.published().get();
        if (published.equals(best.tag())) {
            return new Decision.Keep(published, better(above));
        }
        OptionalInt direction = policy.candidate(published)
                .map(old -> policy.compare(best, old))
                .orElse(OptionalInt.empty());
        if (direction.isEmpty()) {
            return published(best, Movement.REPLACED);
        }
        return direction.getAsInt() >= 0 ? published(best, Movement.UP) : down(published, best);
    }

    private Decision down(String published, Candidate best) {
        if (gates.abandons(input.named(published))) {
            return published(best, Movement.DOWN);
        }
        boolean unwanted = policy.judge(published) != Verdict.ELIGIBLE;
        boolean gone = input.presence() == DecisionInput.Presence.CONFIRMED_GONE;
        return switch (gates.descent(new Descent(published, best.tag(), unwanted, gone))) {
            case Admission.Admitted admitted -> published(best, Movement.DOWN);
            case HeldBack why -> new Decision.Waits(why);
        };
    }

    private Decision ordered(Gate.Order order, Optional<Candidate> best) {
        Optional<String> published = input.published();
        Optional<String> choice = best.map(Candidate::tag);
        if (published.filter(tag -> order.names(input.named(tag))).isPresent()) {
            return new Decision.Keep(
                    published.get(), published.equals(choice) ? Optional.empty() : Optional.of(order.waits(choice)));
        }
        return listed(order)
                .map(tag -> through(stop, new Decision.Select(tag, published, Movement.AS_ORDERED)))
                .orElseGet(() -> kept(order.waits(choice)));
    }

    private Optional<String> listed(Gate.Order order) {
        Stream<String> tags =
                switch (input.candidates()) {
                    case Candidates.All(Iterable<String> all) -> StreamSupport.stream(all.spliterator(), false);
                    case Candidates.Added added -> Stream.of(added.tag());
                    case Candidates.Several several -> several.tags().stream();
                    case Candidates.Removed removed -> Stream.empty();
                    case Candidates.Unchanged unchanged -> Stream.empty();
                };
        return tags.filter(tag -> order.names(input.named(tag))).findFirst();
    }

    private Decision published(Candidate best, Movement movement) {
        return through(gates.behind(stop), new Decision.Select(best.tag(), input.published(), movement));
    }

    private Decision through(Gate gate, Decision.Select select) {
        Publication publication = Publication.ofTag(select.tag(), input.facts().apply(select.tag()), input.now());
        return switch (gate.publication(publication)) {
            case Admission.Admitted admitted -> select;
            case HeldBack why -> new Decision.Waits(why);
        };
    }

    private List<Remark> remarks(Decision decision, Optional<Candidate> best, List<Remark> above) {
        List<Remark> remarks = new ArrayList<>(above);
        best.ifPresent(candidate -> remarks.add(new Remark(candidate.tag(), standing(decision, candidate.tag()))));
        if (input.candidates() instanceof Candidates.Added(SelectorState selector, String tag)
                && remarks.stream().noneMatch(remark -> remark.tag().equals(tag))) {
            remarks.add(new Remark(tag, Why.Plain.of(policy.judge(tag))));
        }
        return remarks.stream().limit(Outcome.MAX_REMARKS).toList();
    }

    /** How the decision treats the tag that the policy by itself would choose. */
    private Why standing(Decision decision, String best) {
        Optional<HeldBack> why =
                switch (decision) {
                    case Decision.Select select ->
                        select.tag().equals(best)
                                ? Optional.empty()
                                : gates.order().map(order -> order.waits(Optional.of(best)));
                    case Decision.Keep keep -> keep.published().equals(best) ? Optional.empty() : keep.because();
                    case Decision.Waits waits -> Optional.of(waits.why());
                    case Decision.Nothing nothing -> throw unchosen(decision);
                    case Decision.InvalidAnnotation invalid -> throw unchosen(decision);
                    case Decision.FullPassRequired required -> throw unchosen(decision);
                };
        return why.<Why>map(Why.Held::new).orElse(Why.Plain.SELECTED);
    }

    private static IllegalStateException unchosen(Decision decision) {
        return new IllegalStateException("there is no best tag: " + decision);
    }
}

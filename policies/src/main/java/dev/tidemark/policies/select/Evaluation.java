package dev.tidemark.policies.select;

import dev.tidemark.policies.Utf8Order;
import dev.tidemark.policies.filter.CompiledFilter;
import dev.tidemark.policies.select.Ranking.Ranked;
import dev.tidemark.policies.select.Ranking.Reading;
import dev.tidemark.policies.select.Selection.NotNumeric;
import dev.tidemark.policies.select.Selection.NothingMatches;
import dev.tidemark.policies.select.Selection.Selected;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The work behind {@link TagPolicy}, with the type of the keys known. */
final class Evaluation<K> {

    /** Flux names the first offender of the list sorted downwards. */
    private static final Comparator<Candidate> OFFENDERS = Comparator.comparing(Candidate::value, Utf8Order.ASCENDING)
            .thenComparing(Candidate::tag, Utf8Order.DESCENDING);

    private final PolicySpec spec;
    private final CompiledFilter filter;
    private final Ranking<K> ranking;

    Evaluation(PolicySpec spec, CompiledFilter filter, Ranking<K> ranking) {
        this.spec = spec;
        this.filter = filter;
        this.ranking = ranking;
    }

    Optional<Candidate> candidate(String tag) {
        return filter.apply(tag).map(value -> new Candidate(tag, value));
    }

    Verdict judge(String tag) {
        Optional<String> value = filter.apply(tag);
        if (value.isEmpty()) {
            return Verdict.FILTERED_OUT;
        }
        return switch (ranking.read(value.get())) {
            case Reading.Fits<K> fits -> Verdict.ELIGIBLE;
            case Reading.Unfit<K>(Verdict verdict) -> verdict;
        };
    }

    OptionalInt compare(Candidate first, Candidate second) {
        Optional<K> firstKey = ranking.key(first.value());
        Optional<K> secondKey = ranking.key(second.value());
        return firstKey.isPresent() && secondKey.isPresent()
                ? OptionalInt.of(
                        ranking.prefer(new Ranked<>(first, firstKey.get()), new Ranked<>(second, secondKey.get())))
                : OptionalInt.empty();
    }

    boolean ranksAlike(Candidate first, Candidate second) {
        Optional<K> firstKey = ranking.key(first.value());
        Optional<K> secondKey = ranking.key(second.value());
        return firstKey.isPresent() && secondKey.isPresent() && ranking.compare(firstKey.get(), secondKey.get()) == 0;
    }

    SelectionState fullPass(Iterable<String> tags, Predicate<Candidate> admitted) {
        Pass pass = new Pass(admitted, null);
        tags.forEach(pass::offer);
        Ranked<K> nan = pass.nan;
        if (nan == null || pass.offender != null) {
            return new SelectionState(spec, pass.selection(), false);
        }
        // In a list sorted downwards every NaN replaces what was best before it, and gives way to what follows.
        Pass afterNan = new Pass(admitted, nan.candidate().value());
        tags.forEach(afterNan::offer);
        return new SelectionState(
                spec, afterNan.best == null ? new Selected(nan.candidate()) : afterNan.selection(), true);
    }

    Step add(SelectionState state, String tag) {
        if (!state.policy().equals(spec)) {
            return new Step.FullPassRequired(Step.Cause.POLICY_DIFFERS);
        }
        Optional<Candidate> candidate = candidate(tag);
        return candidate.isEmpty() ? new Step.Next(state, state) : add(state, candidate.get());
    }

    private Step add(SelectionState state, Candidate added) {
        return switch (ranking.read(added.value())) {
            case Reading.Unfit<K>(Verdict verdict) -> next(state, withUnfit(state.selection(), added, verdict));
            case Reading.Fits<K>(K key) ->
                switch (state.selection()) {
                    case NotNumeric spoiled -> next(state, spoiled);
                    case Selection any
                    when state.unordered() || ranking.isUnordered(key) ->
                        new Step.FullPassRequired(Step.Cause.NAN_AMONG_VALUES);
                    case NothingMatches none -> next(state, new Selected(added));
                    case Selected(Candidate current) ->
                        next(state, compare(added, current).orElse(1) > 0 ? new Selected(added) : state.selection());
                };
        };
    }

    private static Selection withUnfit(Selection selection, Candidate added, Verdict verdict) {
        if (verdict == Verdict.NOT_A_NUMBER) {
            return selection instanceof NotNumeric(Candidate offender) && OFFENDERS.compare(offender, added) >= 0
                    ? selection
                    : new NotNumeric(added);
        }
        return selection instanceof NothingMatches ? new NothingMatches(Selection.Cause.NONE_FITS) : selection;
    }

    private static Step next(SelectionState state, Selection selection) {
        boolean unordered = state.unordered() && selection instanceof Selected;
        return new Step.Next(state, new SelectionState(state.policy(), selection, unordered));
    }

    Step remove(SelectionState state, String tag) {
        if (!state.policy().equals(spec)) {
            return new Step.FullPassRequired(Step.Cause.POLICY_DIFFERS);
        }
        if (filter.apply(tag).isEmpty()) {
            return new Step.Next(state, state);
        }
        Optional<Step.Cause> cause =
                switch (state.selection()) {
                    case NothingMatches(Selection.Cause why) ->
                        why == Selection.Cause.NONE_FITS ? Optional.of(Step.Cause.CANDIDATE_REMOVED) : Optional.empty();
                    case NotNumeric(Candidate offender) -> decisive(offender, tag);
                    case Selected(Candidate selected) ->
                        state.unordered() ? Optional.of(Step.Cause.NAN_AMONG_VALUES) : decisive(selected, tag);
                };
        return cause.<Step>map(Step.FullPassRequired::new).orElseGet(() -> new Step.Next(state, state));
    }

    private static Optional<Step.Cause> decisive(Candidate candidate, String removed) {
        return candidate.tag().equals(removed) ? Optional.of(Step.Cause.DECISIVE_TAG_REMOVED) : Optional.empty();
    }

    /** One walk over a list; asks for admission only when the answer matters. */
    private final class Pass {
        private final Predicate<Candidate> admitted;
        private final @Nullable String below;
        private boolean unfit;
        private @Nullable Ranked<K> best;
        private @Nullable Ranked<K> nan;
        private @Nullable Candidate offender;

        Pass(Predicate<Candidate> admitted, @Nullable String below) {
            this.admitted = admitted;
            this.below = below;
        }

        void offer(String tag) {
            Optional<String> value = filter.apply(tag);
            if (value.isPresent() && (below == null || Utf8Order.ASCENDING.compare(value.get(), below) < 0)) {
                offer(new Candidate(tag, value.get()));
            }
        }

        private void offer(Candidate candidate) {
            switch (ranking.read(candidate.value())) {
                case Reading.Unfit<K>(Verdict verdict) -> {
                    if (verdict != Verdict.NOT_A_NUMBER) {
                        unfit = true;
                    } else if ((offender == null || OFFENDERS.compare(candidate, offender) > 0)
                            && admitted.test(candidate)) {
                        offender = candidate;
                    }
                }
                case Reading.Fits<K>(K key) -> {
                    Ranked<K> ranked = new Ranked<>(candidate, key);
                    if (ranking.isUnordered(key)) {
                        if ((nan == null || ranking.prefer(ranked, nan) > 0) && admitted.test(candidate)) {
                            nan = ranked;
                        }
                    } else if ((best == null || ranking.prefer(ranked, best) > 0) && admitted.test(candidate)) {
                        best = ranked;
                    }
                }
            }
        }

        Selection selection() {
            if (offender != null) {
                return new NotNumeric(offender);
            }
            if (best != null) {
                return new Selected(best.candidate());
            }
            return new NothingMatches(unfit ? Selection.Cause.NONE_FITS : Selection.Cause.NO_CANDIDATES);
        }
    }
}

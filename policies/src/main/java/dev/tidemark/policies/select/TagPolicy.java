package dev.tidemark.policies.select;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.filter.CompiledFilter;
import dev.tidemark.policies.semver.Ranges;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A compiled ImagePolicy: pure, immutable, usable from any thread.
 *
 * <p>Two ways to a selection, with the same result: {@link #fullPass} over the whole list, or
 * {@link #add} and {@link #remove}, which cost one comparison and say when it takes a full pass.
 */
public final class TagPolicy {

    private final PolicySpec spec;
    private final Evaluation<?> evaluation;

    private TagPolicy(PolicySpec spec, Evaluation<?> evaluation) {
        this.spec = spec;
        this.evaluation = evaluation;
    }

    public static Compilation compile(PolicySpec spec) {
        return switch (ranking(spec)) {
            case Parsed.Malformed<Ranking<?>>(String why) ->
                new Compilation.Invalid(Compilation.Part.POLICY, "invalid policy: " + why);
            case Parsed.Value<Ranking<?>>(Ranking<?> ranking) ->
                switch (CompiledFilter.compile(spec.filter())) {
                    case Parsed.Malformed<CompiledFilter>(String why) ->
                        new Compilation.Invalid(
                                Compilation.Part.FILTER, "invalid policy: failed to filter tags: " + why);
                    case Parsed.Value<CompiledFilter>(CompiledFilter filter) ->
                        new Compilation.Compiled(new TagPolicy(spec, new Evaluation<>(spec, filter, ranking)));
                };
        };
    }

    private static Parsed<Ranking<?>> ranking(PolicySpec spec) {
        return switch (spec.rule()) {
            case PolicyRule.Missing missing -> Parsed.malformed("given ImagePolicyChoice object is invalid");
            case PolicyRule.TagList list -> Parsed.malformed("a list of tags is not one");
            case PolicyRule.Unsupported newer ->
                Parsed.malformed("a newer Tidemark wrote a rule of the kind '" + newer.kind()
                        + "', which this one does not know");
            case PolicyRule.Semver(String range) -> Ranges.parse(range).map(SemverRanking::new);
            case PolicyRule.Alphabetical(String order) -> SortOrder.parse(order).map(AlphabeticalRanking::new);
            case PolicyRule.Numerical(String order) -> SortOrder.parse(order).map(NumericalRanking::new);
        };
    }

    public PolicySpec spec() {
        return spec;
    }

    /** The choice from a whole list, in any order; duplicates do no harm. */
    public Selection select(Iterable<String> tags) {
        return fullPass(tags).selection();
    }

    /** The choice from a whole list, as the start for {@link #add}. */
    public SelectionState fullPass(Iterable<String> tags) {
        return evaluation.fullPass(tags, candidate -> true);
    }

    /**
     * The choice among admitted tags. A tag that is not admitted counts as if it were not listed.
     *
     * @param tags is walked once, or twice when a NaN is among its values
     * @param admitted is asked only about tags that would change the result, so it may be costly
     */
    public SelectionState fullPass(Iterable<String> tags, Predicate<Candidate> admitted) {
        return evaluation.fullPass(tags, admitted);
    }

    /** What a new tag changes; adding a tag that is already there changes nothing. */
    public Step add(SelectionState state, String tag) {
        return evaluation.add(state, tag);
    }

    /** What a tag that is gone changes; removing one that was never there may cost a full pass. */
    public Step remove(SelectionState state, String tag) {
        return evaluation.remove(state, tag);
    }

    /** What this policy says about one tag by itself. */
    public Verdict judge(String tag) {
        return evaluation.judge(tag);
    }

    /** The tag as this policy sees it, or nothing when it is filtered out. */
    public Optional<Candidate> candidate(String tag) {
        return evaluation.candidate(tag);
    }

    /**
     * Above zero when the first would be chosen over the second, be they in range or not; empty when one
     * of them is no version, or no number, at all.
     */
    public OptionalInt compare(Candidate first, Candidate second) {
        return evaluation.compare(first, second);
    }

    /** Whether only a fixed rule decides between the two. */
    public boolean ranksAlike(Candidate first, Candidate second) {
        return evaluation.ranksAlike(first, second);
    }
}

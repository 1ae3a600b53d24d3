package dev.tidemark.policies.decide;

import dev.tidemark.events.TagFilter;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.gate.TagFacts;
import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.select.Selection;
import dev.tidemark.policies.select.TagPolicy;
import dev.tidemark.policies.select.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Why this tag, or why not.
 *
 * @param selected what the policy chooses, or keeps, instead
 * @param sentence for a person
 */
public record Explanation(Remark remark, Optional<String> selected, String sentence) {

    /** By the policy alone, without annotations and without what is published. */
    public static Explanation explain(TagPolicy policy, Collection<String> tags, String tag) {
        DecisionInput input = new DecisionInput(
                policy,
                new Gates.Reading.Valid(Gates.NONE),
                Optional.empty(),
                new Candidates.All(tags),
                DecisionInput.Presence.UNKNOWN,
                Instant.EPOCH,
                any -> TagFacts.UNKNOWN,
                Optional.empty());
        return explain(input, tags, tag);
    }

    /**
     * By everything that the decision depends on.
     *
     * @param tags the completed list; it takes the place of the input's candidates
     */
    public static Explanation explain(DecisionInput input, Collection<String> tags, String tag) {
        TagPolicy policy = input.policy();
        Outcome outcome = Decider.decide(new DecisionInput(
                policy,
                input.annotations(),
                input.published(),
                new Candidates.All(tags),
                input.presence(),
                input.now(),
                input.facts(),
                input.stop()));
        Optional<Selection> selection =
                outcome.selector().map(selector -> selector.state().selection());
        Optional<String> best =
                selection.filter(Selection.Selected.class::isInstance).map(found -> ((Selection.Selected) found).tag());
        Optional<String> selected =
                chosen(outcome.decision()).or(input::published).or(() -> best);
        Remark remark = remark(input, outcome, selection, best, tags.contains(tag), tag);
        return new Explanation(
                remark, selected, sentence(policy, remark, selected, best, outcome.decision()) + step(input, remark));
    }

    private static Optional<String> chosen(Decision decision) {
        return decision instanceof Decision.Select select ? Optional.of(select.tag()) : Optional.empty();
    }

    private static Optional<Decision.Keep> kept(Decision decision, String tag) {
        return decision instanceof Decision.Keep keep && keep.published().equals(tag)
                ? Optional.of(keep)
                : Optional.empty();
    }

    private static Remark remark(
            DecisionInput input,
            Outcome outcome,
            Optional<Selection> selection,
            Optional<String> best,
            boolean listed,
            String tag) {
        TagPolicy policy = input.policy();
        if (chosen(outcome.decision()).filter(tag::equals).isPresent()) {
            return new Remark(tag, Why.Plain.SELECTED);
        }
        if (!listed) {
            return new Remark(tag, Why.Plain.NOT_LISTED);
        }
        if (kept(outcome.decision(), tag).isPresent()) {
            return new Remark(tag, Why.Plain.SELECTED);
        }
        Verdict verdict = policy.judge(tag);
        if (verdict != Verdict.ELIGIBLE) {
            return new Remark(tag, Why.Plain.of(verdict));
        }
        if (outcome.decision() instanceof Decision.InvalidAnnotation) {
            return new Remark(tag, Why.Plain.INVALID_ANNOTATION);
        }
        if (selection.orElse(null) instanceof Selection.NotNumeric) {
            return new Remark(tag, Why.Plain.POLICY_FAILS);
        }
        return outcome.remarks().stream()
                .filter(known -> known.tag().equals(tag))
                .findFirst()
                .orElseGet(() -> new Remark(tag, below(policy, tag, best)));
    }

    private static Why.Plain below(TagPolicy policy, String tag, Optional<String> best) {
        Optional<Candidate> own = policy.candidate(tag);
        Optional<Candidate> other = best.flatMap(policy::candidate);
        boolean same = own.isPresent() && other.isPresent() && policy.ranksAlike(own.get(), other.get());
        return same ? Why.Plain.SAME_RANK : Why.Plain.LOWER;
    }

    /** Of those that are, or may be, the next: how large a step that is, as {@code minimum-age} counts it. */
    private static String step(DecisionInput input, Remark remark) {
        Optional<Candidate> to = input.policy().candidate(remark.tag());
        Optional<Candidate> from =
                input.published().filter(tag -> !tag.equals(remark.tag())).flatMap(input.policy()::candidate);
        boolean next =
                switch (remark.why()) {
                    case Why.Held held ->
                        from.isPresent()
                                && to.isPresent()
                                && input.policy().compare(to.get(), from.get()).orElse(0) > 0;
                    case Why.Plain plain -> plain == Why.Plain.SELECTED;
                };
        Optional<String> kind =
                to.flatMap(candidate -> switch (input.propose(candidate).step()) {
                    case MAJOR -> Optional.of("major");
                    case MINOR -> Optional.of("minor");
                    case PATCH -> Optional.of("patch");
                    case PRE_RELEASE -> Optional.of("pre-release");
                    case NONE, BUILD, UNKNOWN -> Optional.empty();
                });
        return next && from.isPresent()
                ? kind.map(step -> " (a " + step + " step from " + from.get().tag() + ")")
                        .orElse("")
                : "";
    }

    private static String sentence(
            TagPolicy policy, Remark remark, Optional<String> selected, Optional<String> best, Decision decision) {
        TagFilter filter = policy.spec().filter();
        String tag = remark.tag();
        String instead =
                selected.map(other -> "; " + other + " stays or is selected").orElse("");
        String higher = best.filter(other -> !selected.equals(best))
                .map(other -> " than " + other)
                .orElse("");
        return switch (remark.why()) {
            case Why.Held(HeldBack back) -> back.sentence();
            case Why.Plain plain ->
                switch (plain) {
                    case SELECTED ->
                        kept(decision, tag)
                                .flatMap(Decision.Keep::because)
                                .map(why -> tag + " stays: " + why.sentence())
                                .orElse(tag + " is the choice of the policy");
                    case NOT_LISTED -> tag + " is not in the last complete list of the registry";
                    case FILTERED_OUT -> "%s does not match the pattern '%s'".formatted(tag, filter.pattern());
                    case NOT_A_VERSION -> tag + " is no version of the form 1.2.3";
                    case PRE_RELEASE_NOT_WANTED ->
                        tag
                                + " is a pre-release, and the range does not name one (write -0 behind a bound to admit them)";
                    case OUT_OF_RANGE -> tag + " is outside the range";
                    case NOT_A_NUMBER -> tag + " gives no number, which makes a numerical policy fail as a whole";
                    case LOWER -> tag + " ranks lower" + higher + instead;
                    case SAME_RANK -> tag + " ranks the same, a fixed rule prefers the other" + instead;
                    case POLICY_FAILS ->
                        tag + " could be selected, but another value is no number and the policy fails";
                    case INVALID_ANNOTATION -> tag + " waits until this is corrected: " + mistakes(decision);
                };
        };
    }

    private static String mistakes(Decision decision) {
        return decision instanceof Decision.InvalidAnnotation invalid ? invalid.sentence() : "";
    }
}

package dev.tidemark.evaluation;

import dev.tidemark.evaluation.PolicyResult.Verdict;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.PolicyState.Said;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.policies.decide.Flapping;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a result means for the log: the state to keep, a selection where it changed, and a sentence where it changed or
 * an edit of the policy is waiting for its answer.
 */
record Report(PolicyState state, Optional<TagSelected> selected, Optional<PolicyDecided> decided) {

    /** A selection that comes back within this time goes back and forth. */
    static final Duration FLAPPING_WINDOW = Duration.ofHours(1);

    /** A message may quote a pattern or a range, which may be as long as a manifest. */
    static final int MAX_MESSAGE = 2_000;

    /**
     * What the report's events carry beside the result.
     *
     * @param after the sequence of a selection follows this one and the policy's last
     */
    record Context(Trigger trigger, Instant now, Map<String, Long> inputs, String evaluator, long after) {}

    /** Turns a result into events. Nothing is said twice: only what changed. */
    static Report of(PolicyDeclared policy, PolicyState state, PolicyResult result, Context context) {
        boolean renamed = !state.selection().isEmpty()
                && result.verdict().equals(Verdict.SUCCEEDED)
                && !policy.name().equals(state.name());
        boolean changes = !result.selection().equals(state.selection()) || renamed;
        boolean selects = changes || result.answersFound();
        PolicyState selecting = changes
                ? state.selecting(policy.name(), result.selection(), next(state, context), context.now())
                : selects ? state.renumbered(next(state, context)) : state;
        selecting = result.answersFound() ? selecting.followingFound() : selecting;
        Said said = said(policy, selecting, result.verdict());
        PolicyState after =
                selecting.saying(said).checking(result.check().orElse(null)).awaiting(result.awaits());
        return new Report(
                after,
                selects ? Optional.of(selected(policy, after, context)) : Optional.empty(),
                selects || !said.equals(state.said()) || context.trigger() == Trigger.POLICY
                        ? Optional.of(decided(policy, after, said, result, context, selects))
                        : Optional.empty());
    }

    /** What is selected once more, behind what somebody else wrote; nothing where nothing is. */
    static Optional<Report> again(PolicyDeclared policy, PolicyState state, Context context) {
        if (state.selection().isEmpty()) {
            return Optional.empty();
        }
        PolicyState after = state.renumbered(next(state, context));
        return Optional.of(new Report(after, Optional.of(selected(policy, after, context)), Optional.empty()));
    }

    private static long next(PolicyState state, Context context) {
        return Math.max(state.sequence(), context.after()) + 1;
    }

    private static TagSelected selected(PolicyDeclared policy, PolicyState after, Context context) {
        return new TagSelected(
                policy.target(),
                policy.image(),
                policy.name(),
                after.selection(),
                after.previous(),
                after.sequence(),
                context.now());
    }

    private static PolicyDecided decided(
            PolicyDeclared policy,
            PolicyState after,
            Said said,
            PolicyResult result,
            Context context,
            boolean selects) {
        return new PolicyDecided(
                policy.target(),
                policy.name(),
                said.outcome(),
                said.reason(),
                said.message(),
                first(after.selection()),
                after.previous(),
                context.trigger(),
                context.now(),
                context.inputs(),
                context.evaluator(),
                result.remarks(),
                selects ? flapping(after) : null,
                result.verdict().until().orElse(null),
                result.verdict().note().isEmpty() ? null : cut(result.verdict().note()));
    }

    /** A decision is kept for long, and for people: of a list of thousands it shows the first few, the message their number. */
    private static List<SelectedTag> first(List<SelectedTag> tags) {
        return tags.size() <= PolicyState.MAX_PREVIOUS ? tags : List.copyOf(tags.subList(0, PolicyState.MAX_PREVIOUS));
    }

    private static @Nullable String flapping(PolicyState after) {
        var past = after.history().stream()
                .map(one -> new Flapping.Selected(one.tag(), one.at()))
                .toList();
        return Flapping.detect(past, FLAPPING_WINDOW) instanceof Flapping.Unsteady unsteady
                ? unsteady.tag() + " came back: " + String.join(", ", unsteady.tags()) + " between "
                        + unsteady.from().truncatedTo(ChronoUnit.SECONDS) + " and "
                        + unsteady.to().truncatedTo(ChronoUnit.SECONDS)
                : null;
    }

    private static Said said(PolicyDeclared policy, PolicyState state, Verdict verdict) {
        String message = message(policy, state, verdict);
        return new Said(verdict.outcome(), verdict.reason(), cut(message));
    }

    private static String cut(String words) {
        return words.length() <= MAX_MESSAGE ? words : words.substring(0, MAX_MESSAGE) + "…";
    }

    private static String message(PolicyDeclared policy, PolicyState state, Verdict verdict) {
        if (verdict.outcome() != DecisionOutcome.SELECTED && verdict.outcome() != DecisionOutcome.KEPT) {
            return verdict.note();
        }
        String resolved = policy.rule() instanceof PolicyRule.TagList
                ? listMessage(policy, state)
                : oneMessage(policy.name(), state);
        return verdict.note().isEmpty() ? resolved : resolved + "; " + verdict.note();
    }

    private static String listMessage(PolicyDeclared policy, PolicyState state) {
        return state.selection().isEmpty()
                ? "no tag of " + policy.image() + " passes the filter"
                : Sentences.count(state.selection().size(), "tag") + " of " + policy.image()
                        + (state.selection().size() == 1 ? " passes the filter, " : " pass the filter, the first is ")
                        + state.selection().getFirst().tag();
    }

    /** Flux's words; the "previously" part stays, so that the message is stable (flux-git-based 5.4). */
    private static String oneMessage(String name, PolicyState state) {
        SelectedTag tag = state.selection().getFirst();
        String digest = tag.digest() == null ? "" : " with digest " + tag.digest();
        String previously = state.previous().isEmpty()
                ? ""
                : " (previously " + reference(name, state.previous().getFirst()) + ")";
        return "Latest image tag for " + name + " resolved to " + tag.tag() + digest + previously;
    }

    private static String reference(String name, SelectedTag tag) {
        return name + ':' + tag.tag() + (tag.digest() == null ? "" : '@' + tag.digest());
    }
}

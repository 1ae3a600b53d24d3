package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluator.domain.PolicyResult.Verdict;
import dev.tidemark.evaluator.domain.PolicyState.Said;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a conclusion means for the log: the memory to keep, a selection where it changed, and words where they changed or
 * an edit of the policy is waiting for its answer.
 */
record Report(PolicyState memory, Optional<TagSelected> selected, Optional<PolicyDecided> decided) {

    /** A selection that comes back within this time goes back and forth. */
    static final Duration FLAPPING_WINDOW = Duration.ofHours(1);

    /** A message may quote a pattern or a range, which may be as long as a manifest. */
    static final int MAX_MESSAGE = 2_000;

    /**
     * What the report's events carry beside the conclusion.
     *
     * @param after the sequence of a selection follows this one and the policy's last
     */
    record Context(Trigger trigger, Instant now, Map<String, Long> inputs, String evaluator, long after) {}

    /** Turns a conclusion into events. Nothing is said twice: only what changed. */
    static Report of(PolicyDeclared policy, PolicyState memory, PolicyResult conclusion, Context context) {
        boolean renamed = !memory.selection().isEmpty()
                && conclusion.verdict().equals(Verdict.SUCCEEDED)
                && !policy.name().equals(memory.name());
        boolean selects = !conclusion.selection().equals(memory.selection()) || renamed;
        PolicyState selecting = selects
                ? memory.selecting(policy.name(), conclusion.selection(), next(memory, context), context.now())
                : memory;
        Said said = said(policy, selecting, conclusion.verdict());
        PolicyState after =
                selecting.saying(said).checking(conclusion.check().orElse(null)).awaiting(conclusion.awaits());
        return new Report(
                after,
                selects ? Optional.of(selected(policy, after, context)) : Optional.empty(),
                selects || !said.equals(memory.said()) || context.trigger() == Trigger.POLICY
                        ? Optional.of(decided(policy, after, said, conclusion, context, selects))
                        : Optional.empty());
    }

    /** What is selected once more, behind what somebody else wrote; nothing where nothing is. */
    static Optional<Report> again(PolicyDeclared policy, PolicyState memory, Context context) {
        if (memory.selection().isEmpty()) {
            return Optional.empty();
        }
        PolicyState after = memory.renumbered(next(memory, context));
        return Optional.of(new Report(after, Optional.of(selected(policy, after, context)), Optional.empty()));
    }

    private static long next(PolicyState memory, Context context) {
        return Math.max(memory.sequence(), context.after()) + 1;
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
            PolicyResult conclusion,
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
                conclusion.remarks(),
                selects ? flapping(after) : null);
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
                ? unsteady.tag() + " came back: " + String.join(", ", unsteady.tags()) + " between " + unsteady.from()
                        + " and " + unsteady.to()
                : null;
    }

    private static Said said(PolicyDeclared policy, PolicyState memory, Verdict verdict) {
        String message = message(policy, memory, verdict);
        return new Said(
                verdict.outcome(),
                verdict.reason(),
                message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…");
    }

    private static String message(PolicyDeclared policy, PolicyState memory, Verdict verdict) {
        if (verdict.outcome() != DecisionOutcome.SELECTED && verdict.outcome() != DecisionOutcome.KEPT) {
            return verdict.note();
        }
        String resolved = policy.rule() instanceof PolicyRule.TagList
                ? listMessage(policy, memory)
                : oneMessage(policy.name(), memory);
        return verdict.note().isEmpty() ? resolved : resolved + "; " + verdict.note();
    }

    private static String listMessage(PolicyDeclared policy, PolicyState memory) {
        return memory.selection().isEmpty()
                ? "no tag of " + policy.image() + " passes the filter"
                : Words.count(memory.selection().size(), "tag") + " of " + policy.image()
                        + (memory.selection().size() == 1 ? " passes the filter, " : " pass the filter, the first is ")
                        + memory.selection().getFirst().tag();
    }

    /** Flux's words; the "previously" part stays, so that the message is stable (flux-git-based 5.4). */
    private static String oneMessage(String name, PolicyState memory) {
        SelectedTag tag = memory.selection().getFirst();
        String digest = tag.digest() == null ? "" : " with digest " + tag.digest();
        String previously = memory.previous().isEmpty()
                ? ""
                : " (previously " + reference(name, memory.previous().getFirst()) + ")";
        return "Latest image tag for " + name + " resolved to " + tag.tag() + digest + previously;
    }

    private static String reference(String name, SelectedTag tag) {
        return name + ':' + tag.tag() + (tag.digest() == null ? "" : '@' + tag.digest());
    }
}

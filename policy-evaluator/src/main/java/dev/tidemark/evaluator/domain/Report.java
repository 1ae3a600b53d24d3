package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluator.domain.PolicyMemory.Said;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a decision means for the log: the memory to keep, a selection where it changed, and words where they changed.
 */
public record Report(PolicyMemory memory, Optional<TagSelected> selected, Optional<PolicyDecided> decided) {

    private static final String SUCCEEDED = "Succeeded";

    /** What the report's events carry beside the decision. */
    public record Context(Trigger trigger, Instant now, Map<String, Long> inputs, String evaluator) {}

    /** Turns a decision into events. Nothing is said twice: only what changed. */
    public static Report of(PolicyDeclared policy, PolicyMemory memory, Decision decision, Context context) {
        return switch (decision) {
            case Decision.Select(List<SelectedTag> tags) -> selected(policy, memory, tags, context);
            case Decision.Stay() -> said(policy, memory, succeeded(policy, memory), context);
            case Decision.Wait wait ->
                said(policy, memory, new Said(DecisionOutcome.WAITING, wait.reason(), wait.message()), context);
            case Decision.Nothing nothing ->
                said(
                        policy,
                        memory,
                        new Said(DecisionOutcome.NOTHING_MATCHES, nothing.reason(), nothing.message()),
                        context);
            case Decision.Invalid invalid ->
                said(policy, memory, new Said(DecisionOutcome.INVALID, invalid.reason(), invalid.message()), context);
        };
    }

    private static Report selected(
            PolicyDeclared policy, PolicyMemory memory, List<SelectedTag> tags, Context context) {
        PolicyMemory draft =
                memory.selecting(tags, next(memory, context.now()), new Said(DecisionOutcome.SELECTED, "", ""));
        PolicyMemory after = draft.saying(succeeded(policy, draft));
        TagSelected event = new TagSelected(
                policy.target(),
                policy.image(),
                policy.name(),
                after.selection(),
                after.previous(),
                after.sequence(),
                context.now());
        return new Report(after, Optional.of(event), decided(policy, after, context));
    }

    /** Grows also when a policy changes its image and begins anew in another partition: the clock is its floor. */
    private static long next(PolicyMemory memory, Instant now) {
        return Math.max(memory.sequence() + 1, now.toEpochMilli());
    }

    private static Report said(PolicyDeclared policy, PolicyMemory memory, Said said, Context context) {
        if (said.equals(memory.said())) {
            return new Report(memory, Optional.empty(), Optional.empty());
        }
        PolicyMemory after = memory.saying(said);
        return new Report(after, Optional.empty(), decided(policy, after, context));
    }

    private static Optional<PolicyDecided> decided(PolicyDeclared policy, PolicyMemory memory, Context context) {
        return Optional.ofNullable(memory.said())
                .map(said -> new PolicyDecided(
                        policy.target(),
                        policy.name(),
                        said.outcome(),
                        said.reason(),
                        said.message(),
                        memory.selection(),
                        memory.previous(),
                        context.trigger(),
                        context.now(),
                        context.inputs(),
                        context.evaluator()));
    }

    private static Said succeeded(PolicyDeclared policy, PolicyMemory memory) {
        String message = policy.rule() instanceof PolicyRule.TagList
                ? listMessage(policy, memory)
                : oneMessage(policy.name(), memory);
        return new Said(DecisionOutcome.SELECTED, SUCCEEDED, message);
    }

    private static String listMessage(PolicyDeclared policy, PolicyMemory memory) {
        return memory.selection().isEmpty()
                ? "no tag of " + policy.image() + " passes the filter"
                : memory.selection().size() + " tags of " + policy.image() + " pass the filter, the first is "
                        + memory.selection().getFirst().tag();
    }

    /** Flux's words; the "previously" part stays, so that the message is stable (flux-git-based 5.4). */
    private static String oneMessage(String name, PolicyMemory memory) {
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

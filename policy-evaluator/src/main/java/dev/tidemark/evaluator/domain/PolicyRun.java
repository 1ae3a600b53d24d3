package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluator.domain.PolicyMemory.Check;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Keys;
import dev.tidemark.events.SelectedTag;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One declared policy with what it remembers and its choice at work. */
final class PolicyRun {

    private static final System.Logger LOG = System.getLogger(PolicyRun.class.getName());

    private final PolicyDeclared declared;
    private final Choice choice;
    private PolicyMemory memory = PolicyMemory.NONE;
    private Set<String> exported = Set.of();
    private Set<String> awaited = Set.of();

    PolicyRun(PolicyDeclared declared, PolicyMemory memory, TagBook book) {
        this.declared = declared;
        this.choice = choice(declared, book);
        remember(memory);
    }

    private static Choice choice(PolicyDeclared declared, TagBook book) {
        try {
            return Choice.of(declared, book);
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.log(System.Logger.Level.ERROR, declared.target() + " cannot be read", fault);
            return new Choice.Broken("InvalidPolicy", "cannot be read: " + Words.of(fault));
        }
    }

    PolicyDeclared declared() {
        return declared;
    }

    Choice choice() {
        return choice;
    }

    /** Takes in a tag; a fault is one of this policy alone, and shows when it is asked. */
    void added(String tag) {
        try {
            choice.added(tag);
        } catch (RuntimeException | StackOverflowError fault) {
            choice.forget();
        }
    }

    /** Takes in that a tag is gone, in the same way. */
    void removed(String tag) {
        try {
            choice.removed(tag);
        } catch (RuntimeException | StackOverflowError fault) {
            choice.forget();
        }
    }

    /** What the policy comes to. A fault in it makes it invalid, and nobody else. */
    Conclusion conclude(Choice.Circumstances circumstances) {
        try {
            return choice.conclude(memory, circumstances);
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.log(System.Logger.Level.ERROR, declared.target() + " cannot be decided", fault);
            choice.forget();
            return Conclusion.stays(
                    memory, Conclusion.Verdict.invalid("EvaluationFailed", "cannot be decided: " + Words.of(fault)));
        }
    }

    PolicyMemory memory() {
        return memory;
    }

    String key() {
        return Keys.declared(declared.image(), declared.target());
    }

    void remember(PolicyMemory newer) {
        memory = newer;
        exported = tags(newer.selection().stream().map(SelectedTag::tag));
        awaited = tags(newer.awaits().stream());
    }

    private static Set<String> tags(Stream<String> tags) {
        return tags.collect(Collectors.toUnmodifiableSet());
    }

    /** The tags that this policy may want looked at: those where a change of memory can change what is wanted. */
    Set<String> concerns() {
        Set<String> tags = new HashSet<>(exported);
        tags.addAll(awaited);
        Check check = memory.check();
        if (check != null) {
            tags.add(check.tag());
        }
        return tags;
    }

    /** The look that this policy wants at a tag. */
    Optional<TagCheckWanted> wants(String tag) {
        if (declared.suspended()) {
            return Optional.empty();
        }
        Check check = memory.check();
        if (check != null && check.tag().equals(tag)) {
            return Optional.of(new TagCheckWanted(declared.feed(), tag, check.purpose(), null));
        }
        Optional<TagCheckWanted> follows = exported.contains(tag)
                ? DigestRule.watchInterval(declared)
                        .map(every -> new TagCheckWanted(declared.feed(), tag, CheckPurpose.DIGEST_EVERY, every))
                : Optional.empty();
        return follows.isEmpty() && awaited.contains(tag)
                ? Optional.of(new TagCheckWanted(declared.feed(), tag, CheckPurpose.DIGEST_ONCE, null))
                : follows;
    }
}

package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluator.domain.PolicyMemory.Check;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Keys;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** One declared policy with what it remembers and its choice at work. */
final class PolicyRun {

    private final PolicyDeclared declared;
    private final Choice choice;
    private PolicyMemory memory;

    PolicyRun(PolicyDeclared declared, PolicyMemory memory, TagBook book) {
        this.declared = declared;
        this.choice = Choice.of(declared, book);
        this.memory = memory;
    }

    PolicyDeclared declared() {
        return declared;
    }

    Choice choice() {
        return choice;
    }

    PolicyMemory memory() {
        return memory;
    }

    String key() {
        return Keys.declared(declared.image(), declared.target());
    }

    void remember(PolicyMemory newer) {
        memory = newer;
    }

    /** The tags that this policy may want looked at: those where a change of memory can change what is wanted. */
    Set<String> concerns() {
        Set<String> tags = new LinkedHashSet<>();
        memory.selectedTag().ifPresent(tags::add);
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
        Optional<Duration> every = DigestRule.watchInterval(declared);
        return memory.selectedTag()
                .filter(tag::equals)
                .flatMap(selected -> every)
                .map(interval -> new TagCheckWanted(declared.feed(), tag, CheckPurpose.DIGEST_EVERY, interval));
    }
}

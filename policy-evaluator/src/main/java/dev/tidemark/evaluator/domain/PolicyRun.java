package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.policies.Utf8Order;
import dev.tidemark.policies.inputs.TagListPolicy;
import dev.tidemark.policies.select.Selection;
import dev.tidemark.policies.select.SelectionState;
import dev.tidemark.policies.select.Step;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One policy at work: its compiled rule and what its list of tags comes to, kept current tag by tag. A new tag costs one
 * comparison; a full pass happens at the start, after an edit, and when a tag that decided is gone.
 *
 * <p>Holds nothing that a full pass could not restore, so it lives in memory only.
 */
public final class PolicyRun {

    private static final String DEPENDENCY_NOT_READY = "DependencyNotReady";
    private static final String FAILURE = "Failure";
    private static final String RECONCILIATION_FAILED = "ReconciliationFailed";

    private final PolicyDeclared declared;
    private final CompiledPolicy compiled;
    private final TagBook book;
    private @Nullable SelectionState one;
    private @Nullable List<String> many;

    public PolicyRun(PolicyDeclared declared, TagBook book) {
        this.declared = declared;
        this.compiled = CompiledPolicy.of(declared);
        this.book = book;
    }

    public PolicyDeclared declared() {
        return declared;
    }

    private Feed feed() {
        return declared.feed();
    }

    /** Takes in a tag that the book already shows. */
    public void added(String tag) {
        switch (compiled) {
            case CompiledPolicy.One single -> {
                if (one != null && single.sees(tag)) {
                    step(single.policy().add(one, tag));
                }
            }
            case CompiledPolicy.Many list -> {
                if (many != null) {
                    many = after(list.policy().add(many, tag), many);
                }
            }
            case CompiledPolicy.Broken broken -> {}
        }
    }

    /** Takes in that the book no longer shows a tag. */
    public void removed(String tag) {
        switch (compiled) {
            case CompiledPolicy.One single -> {
                if (one != null && single.sees(tag)) {
                    step(single.policy().remove(one, tag));
                }
            }
            case CompiledPolicy.Many list -> {
                if (many != null) {
                    many = after(list.policy().remove(many, tag), many);
                }
            }
            case CompiledPolicy.Broken broken -> {}
        }
    }

    private void step(Step step) {
        one = switch (step) {
            case Step.Next next -> next.after();
            case Step.FullPassRequired required -> null;
        };
    }

    private static @Nullable List<String> after(TagListPolicy.Step step, List<String> before) {
        return switch (step) {
            case TagListPolicy.Step.Unchanged unchanged -> before;
            case TagListPolicy.Step.Changed(List<String> tags) -> tags;
            case TagListPolicy.Step.FullPassRequired required -> null;
        };
    }

    /** What the policy comes to now, given what it selected before. */
    public Decision decide(PolicyMemory memory) {
        return switch (compiled) {
            case CompiledPolicy.Broken(String reason, String message) -> new Decision.Invalid(reason, message);
            case CompiledPolicy.One single -> book.complete(feed()) ? decideOne(single, memory) : notScannedYet();
            case CompiledPolicy.Many list -> book.complete(feed()) ? decideMany(list, memory) : notScannedYet();
        };
    }

    private static Decision notScannedYet() {
        return new Decision.Wait(DEPENDENCY_NOT_READY, "retrying in 30s error: no tags in database", List.of());
    }

    private Decision decideOne(CompiledPolicy.One single, PolicyMemory memory) {
        SelectionState state = one;
        if (state == null) {
            Iterable<String> seen = () -> StreamSupport.stream(book.all(feed()).spliterator(), false)
                    .filter(single::sees)
                    .iterator();
            state = single.policy().fullPass(seen);
            one = state;
        }
        return switch (state.selection()) {
            case Selection.Selected selected -> select(List.of(selected.tag()), memory);
            case Selection.NothingMatches nothing -> new Decision.Nothing(FAILURE, nothing.message());
            case Selection.NotNumeric notNumeric -> new Decision.Nothing(FAILURE, notNumeric.message());
        };
    }

    private Decision decideMany(CompiledPolicy.Many list, PolicyMemory memory) {
        List<String> tags = many;
        if (tags == null) {
            tags = list.policy().select(inFixedOrder(book.all(feed())));
            many = tags;
        }
        if (tags.isEmpty() && memory.selection().isEmpty()) {
            return new Decision.Nothing(RECONCILIATION_FAILED, "no tag of " + feed().image() + " passes the filter");
        }
        return select(tags, memory);
    }

    /** Versions of equal rank keep the order of the list, so it has to be a fixed one. */
    private static List<String> inFixedOrder(Iterable<String> tags) {
        return StreamSupport.stream(tags.spliterator(), false)
                .sorted(Utf8Order.DESCENDING)
                .toList();
    }

    private Decision select(List<String> tags, PolicyMemory memory) {
        List<SelectedTag> chosen = tags.stream()
                .map(tag -> new SelectedTag(tag, DigestReflection.digest(declared, tag, memory, book)))
                .toList();
        List<String> unknown = DigestReflection.unknown(declared, chosen);
        if (DigestReflection.mustHave(declared) && !unknown.isEmpty()) {
            return new Decision.Wait(
                    "Failed", "fetching the digest of " + declared.name() + ":" + unknown.getFirst(), unknown);
        }
        return chosen.equals(memory.selection()) ? new Decision.Stay() : new Decision.Select(chosen);
    }

    /** The chosen tags whose digest somebody should look up, after this decision. */
    public List<String> digestsWanted(PolicyMemory memory, Decision decision) {
        return switch (decision) {
            case Decision.Wait wait -> wait.digestsWanted();
            case Decision.Select select -> DigestReflection.unknown(declared, memory.selection());
            case Decision.Stay stay -> List.of();
            case Decision.Nothing nothing -> List.of();
            case Decision.Invalid invalid -> List.of();
        };
    }
}

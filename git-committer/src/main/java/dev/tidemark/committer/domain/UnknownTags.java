package dev.tidemark.committer.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.image.ImageReference;
import dev.tidemark.policies.select.Compilation;
import dev.tidemark.policies.select.PolicySpec;
import dev.tidemark.policies.select.TagPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Steps down in a branch of which the log has no memory: whoever selected the lower tag may have seen a list in part, or
 * nothing of what was before. A selection that names the branch's tag as the previous one was made in knowledge of it.
 */
public final class UnknownTags {

    private static final int WITHOUT_SUFFIX = 2;
    private static final String TAG_SUFFIX = "tag";

    private final Function<Target, Optional<ImagePolicySpec>> policies;
    private final Map<Target, Optional<TagPolicy>> compiled = new HashMap<>();

    /**
     * A tag that a branch holds, and what would be written over it.
     *
     * @param target as text
     */
    public record Unknown(SetterChange change, String tag, String target, Envelope<TagSelected> selection) {

        public Finding finding() {
            return new Finding.UnconfirmedTag(
                    change.path(),
                    change.setter(),
                    tag,
                    change.policy().latest().tag());
        }
    }

    /** @param policies what is declared of a target */
    public UnknownTags(Function<Target, Optional<ImagePolicySpec>> policies) {
        this.policies = policies;
    }

    /** The highest of each target. Costs nothing where the branch's state knows all of them. */
    public List<Unknown> among(AutomationPlan plan, TreeUpdate update, BranchState state) {
        Map<String, String> unknown = new HashMap<>();
        plan.selections().forEach((target, selection) -> {
            if (!state.written().containsKey(target)) {
                unknown.put(selection.event().target().name(), target);
            }
        });
        Map<String, Unknown> highest = new HashMap<>();
        if (!unknown.isEmpty()) {
            for (SetterChange change : update.changes()) {
                @Nullable String target = unknown.get(change.policy().name());
                if (target != null) {
                    Envelope<TagSelected> selection =
                            Objects.requireNonNull(plan.selections().get(target));
                    tag(change)
                            .filter(tag ->
                                    isLower(selection, change.policy().latest().tag(), tag))
                            .map(tag -> new Unknown(change, tag, target, selection))
                            .ifPresent(found -> highest.merge(target, found, this::higher));
                }
            }
        }
        List<Unknown> held = new ArrayList<>(highest.values());
        held.removeIf(found -> found.selection().event().previous().stream()
                .map(SelectedTag::tag)
                .anyMatch(found.tag()::equals));
        return held;
    }

    private Unknown higher(Unknown one, Unknown other) {
        return isLower(one.selection(), one.tag(), other.tag()) ? other : one;
    }

    private boolean isLower(Envelope<TagSelected> selection, String tag, String than) {
        return compiled.computeIfAbsent(selection.event().target(), this::compile)
                        .flatMap(policy -> policy.candidate(tag)
                                .flatMap(low -> policy.candidate(than).map(high -> policy.compare(low, high))))
                        .orElse(OptionalInt.empty())
                        .orElse(0)
                < 0;
    }

    private Optional<TagPolicy> compile(Target target) {
        return policies.apply(target)
                .map(spec -> TagPolicy.compile(new PolicySpec(spec.rule(), spec.filter())))
                .flatMap(made -> made instanceof Compilation.Compiled(TagPolicy policy)
                        ? Optional.of(policy)
                        : Optional.empty());
    }

    /** The tag that the value names, of the policy's image; empty for a name, a digest, and what is neither. */
    private static Optional<String> tag(SetterChange change) {
        String name = change.policy().latest().name();
        String[] parts = change.setter().split(":", -1);
        String old = change.oldValue();
        if (parts.length > WITHOUT_SUFFIX && !parts[WITHOUT_SUFFIX].equals(TAG_SUFFIX)) {
            return Optional.empty();
        }
        String text = parts.length > WITHOUT_SUFFIX ? name + ':' + old : old.replaceFirst("@.*", "");
        return ImageReference.parse(text) instanceof Parsed.Value<ImageReference>(ImageReference held)
                        && ImageReference.parse(name) instanceof Parsed.Value<ImageReference>(ImageReference ours)
                        && held.repository().equals(ours.repository())
                        && held.tag() != null
                        && text.endsWith(':' + held.tag())
                ? Optional.of(held.tag())
                : Optional.empty();
    }
}

package dev.tidemark.committer.domain;

import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LabelSelector;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A policy that came, went or has other labels; whatever else changes of it, automations do not see.
 *
 * @param before its labels; null when it was not there
 * @param after null when it is gone
 */
public record PolicyChange(
        ResourceId policy,
        @Nullable Map<String, String> before,
        @Nullable Map<String, String> after) {

    /** What a change says of a policy; empty for one that changes nothing that automations see, and for other kinds. */
    public static Optional<PolicyChange> of(Change change) {
        @Nullable Map<String, String> before = labels(change.before(Kinds.IMAGE_POLICY));
        @Nullable Map<String, String> after = labels(change.after(Kinds.IMAGE_POLICY));
        return Objects.equals(before, after)
                ? Optional.empty()
                : Optional.of(new PolicyChange(change.id(), before, after));
    }

    private static @Nullable Map<String, String> labels(Optional<Resource<ImagePolicySpec>> policy) {
        return policy.map(found -> found.metadata().labels()).orElse(null);
    }

    /** Whether the policy was selected and is not any more, or the other way round. */
    boolean concerns(@Nullable LabelSelector selector) {
        return isSelected(selector, before) != isSelected(selector, after);
    }

    private static boolean isSelected(@Nullable LabelSelector selector, @Nullable Map<String, String> labels) {
        return labels != null && SelectedPolicies.selects(selector, labels);
    }
}

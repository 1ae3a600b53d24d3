package dev.tidemark.policies.inputs;

import org.jspecify.annotations.Nullable;

/**
 * The one pattern of a ResourceSetInputProvider's filter that includes, and the one that excludes: those for branches,
 * tags and environments share a slot, whatever the provider's type, and the later ones win (spec flux-gitless 1.7).
 */
public final class PatternSlot {

    private PatternSlot() {}

    /** The one that counts; empty ones count as missing. */
    public static @Nullable String last(@Nullable String branch, @Nullable String tag, @Nullable String environment) {
        if (environment != null && !environment.isEmpty()) {
            return environment;
        }
        return tag != null && !tag.isEmpty() ? tag : branch;
    }
}

package dev.tidemark.policies.select;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code spec.policy} of an ImagePolicy as written; texts are not checked yet (spec flux-git-based 5.1). */
public sealed interface PolicyRule {

    record Semver(String range) implements PolicyRule {}

    /** @param order empty means {@code asc} */
    record Alphabetical(String order) implements PolicyRule {}

    /** @param order empty means {@code asc} */
    record Numerical(String order) implements PolicyRule {}

    /** The member that counts when several are set: semver, then alphabetical, then numerical. */
    static Optional<PolicyRule> choose(
            @Nullable Semver semver, @Nullable Alphabetical alphabetical, @Nullable Numerical numerical) {
        if (semver != null) {
            return Optional.of(semver);
        }
        return Optional.ofNullable(alphabetical != null ? alphabetical : numerical);
    }
}

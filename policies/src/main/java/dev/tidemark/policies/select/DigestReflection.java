package dev.tidemark.policies.select;

import org.jspecify.annotations.Nullable;

/** {@code spec.digestReflectionPolicy} of an ImagePolicy (spec flux-git-based 11). */
public enum DigestReflection {
    NEVER,
    IF_NOT_PRESENT,
    ALWAYS;

    /**
     * {@code status.latestRef}.
     *
     * @param name {@code spec.image} of the repository, verbatim
     */
    public record Ref(String name, String tag, @Nullable String digest) {}

    /** Where the digest of the next ref comes from. */
    public sealed interface Source {
        /** The ref has no digest; one that is there is dropped. */
        record None() implements Source {}

        record Kept(String digest) implements Source {}

        /** To be asked from the registry; while that fails the whole ref stays as it was. */
        record Fetch() implements Source {}
    }

    /** @param latest the published ref, null when there is none yet */
    public Source digestOf(@Nullable Ref latest, String name, String tag) {
        return switch (this) {
            case NEVER -> new Source.None();
            case ALWAYS -> new Source.Fetch();
            case IF_NOT_PRESENT -> {
                String digest = latest != null
                                && latest.name().equals(name)
                                && latest.tag().equals(tag)
                        ? latest.digest()
                        : null;
                yield digest == null || digest.isEmpty() ? new Source.Fetch() : new Source.Kept(digest);
            }
        };
    }

    /** {@code status.observedPreviousRef} after a change: the former ref when name, tag or digest differ. */
    public static @Nullable Ref previousAfter(@Nullable Ref observedPrevious, @Nullable Ref latest, Ref next) {
        return latest == null || latest.equals(next) ? observedPrevious : latest;
    }
}

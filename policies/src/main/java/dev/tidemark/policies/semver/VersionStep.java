package dev.tidemark.policies.semver;

import dev.tidemark.go.semver.Version;
import org.semver4j.Semver;

/** The kind of step between two versions, for explanations, commit tables and minimum ages. */
public enum VersionStep {
    NONE,
    PATCH,
    MINOR,
    MAJOR,
    /** Only what follows the hyphen differs, or it comes or goes. */
    PRE_RELEASE,
    /** Only the metadata differs. */
    BUILD,
    /** At least one of the two is no ordinary version. */
    UNKNOWN;

    /** Never fails: whatever is not an ordinary version gives {@link #UNKNOWN}. The direction does not matter. */
    public static VersionStep between(String from, String to) {
        return Version.parse(from)
                .flatMap(old -> Version.parse(to).map(fresh -> between(old, fresh)))
                .orElse(UNKNOWN);
    }

    static VersionStep between(Version from, Version to) {
        // Normalised: semver4j refuses leading zeros and missing parts, which Flux accepts.
        Semver old = Semver.parse(from.normalized());
        Semver fresh = Semver.parse(to.normalized());
        // Null above 2^31 - 1, as date-and-time versions are.
        if (old == null || fresh == null) {
            return UNKNOWN;
        }
        return switch (old.diff(fresh)) {
            case NONE -> NONE;
            case PATCH -> PATCH;
            case MINOR -> MINOR;
            case MAJOR -> MAJOR;
            case PRE_RELEASE -> PRE_RELEASE;
            case BUILD -> BUILD;
        };
    }
}

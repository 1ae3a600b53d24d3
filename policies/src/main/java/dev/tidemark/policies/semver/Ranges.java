package dev.tidemark.policies.semver;

import dev.tidemark.go.semver.VersionRange;
import dev.tidemark.go.semver.VersionRangeException;
import dev.tidemark.policies.Parsed;

/** Ranges as people write them into policies: a bad one is a value, to be told where it is read. */
public final class Ranges {

    private Ranges() {}

    public static Parsed<VersionRange> parse(String text) {
        try {
            return Parsed.of(VersionRange.parse(text));
        } catch (VersionRangeException e) {
            return Parsed.malformed(String.valueOf(e.getMessage()));
        }
    }
}

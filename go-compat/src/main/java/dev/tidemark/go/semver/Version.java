package dev.tidemark.go.semver;

import java.util.Comparator;
import java.util.Optional;

/**
 * A semantic version as Flux reads it (spec flux-git-based 10.1).
 *
 * @param major unsigned 64-bit, as are minor and patch: compare with {@link Long#compareUnsigned}
 * @param preRelease without the leading hyphen, empty for a release
 * @param metadata without the leading plus, empty when there is none; never takes part in comparisons
 * @param original the text as it was read
 */
public record Version(long major, long minor, long patch, String preRelease, String metadata, String original) {

    /** Longer texts are no versions (Masterminds v3.5.0); tags have at most 128 bytes anyway. */
    public static final int MAX_BYTES = 256;

    /**
     * SemVer precedence: equal for versions that differ only in metadata or in how they are written,
     * so it is not consistent with {@link #equals}.
     */
    public static final Comparator<Version> PRECEDENCE = Version::comparePrecedence;

    /** Takes a leading {@code v}, leading zeros and missing minor or patch. */
    public static Optional<Version> parse(String text) {
        return VersionScanner.scan(text);
    }

    /** As {@link #parse}, but with at least two dots somewhere: what Flux takes a tag for a version. */
    public static Optional<Version> parseTag(String tag) {
        int dot = tag.indexOf('.');
        return dot >= 0 && tag.indexOf('.', dot + 1) >= 0 ? VersionScanner.scan(tag) : Optional.empty();
    }

    /** Semantic versioning 2.0.0 to the letter. */
    public static Optional<Version> parseStrict(String text) {
        return VersionScanner.scan(text).filter(version -> version.normalized().equals(text));
    }

    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    /** The same version in its standard form: no {@code v}, no leading zeros, three numbers. */
    public String normalized() {
        return Long.toUnsignedString(major)
                + '.'
                + Long.toUnsignedString(minor)
                + '.'
                + Long.toUnsignedString(patch)
                + (preRelease.isEmpty() ? "" : '-' + preRelease)
                + (metadata.isEmpty() ? "" : '+' + metadata);
    }

    private static int comparePrecedence(Version a, Version b) {
        int order = Long.compareUnsigned(a.major, b.major);
        if (order == 0) {
            order = Long.compareUnsigned(a.minor, b.minor);
        }
        if (order == 0) {
            order = Long.compareUnsigned(a.patch, b.patch);
        }
        return order == 0 ? PreReleaseOrder.compare(a.preRelease, b.preRelease) : order;
    }
}

package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.Kind;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version, read leniently: a leading {@code v} and missing parts are fine. The numbers are unsigned.
 *
 * @param original as written
 */
record SemverVersion(long major, long minor, long patch, String prerelease, String metadata, String original)
        implements TemplateObject, Comparable<SemverVersion> {
    private static final GoType POINTER = new GoType(Kind.POINTER, "*semver.Version", null, null);
    private static final String IDENTIFIERS = "[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+";
    private static final Pattern FORM = Pattern.compile(
            "v?([0-9]++)(?:\\.([0-9]++))?(?:\\.([0-9]++))?(?:-(" + IDENTIFIERS + "))?(?:\\+(" + IDENTIFIERS + "))?");
    /** As Go's library has it; keeps matching cheap. */
    private static final int LONGEST = 256;

    private static final StructType<SemverVersion> TYPE = StructType.<SemverVersion>named("*semver.Version")
            .pointer()
            .method("String", SemverVersion::toString)
            .method("MarshalText", SemverVersion::toString)
            .method("Original", SemverVersion::original)
            .method("Major", v -> new GoInteger(GoType.UINT64, v.major))
            .method("Minor", v -> new GoInteger(GoType.UINT64, v.minor))
            .method("Patch", v -> new GoInteger(GoType.UINT64, v.patch))
            .method("Prerelease", SemverVersion::prerelease)
            .method("Metadata", SemverVersion::metadata)
            .method("Compare", List.of(POINTER), (v, a) -> GoInteger.of(v.compareTo(other(a))))
            .method("LessThan", List.of(POINTER), (v, a) -> v.compareTo(other(a)) < 0)
            .method("LessThanEqual", List.of(POINTER), (v, a) -> v.compareTo(other(a)) <= 0)
            .method("GreaterThan", List.of(POINTER), (v, a) -> v.compareTo(other(a)) > 0)
            .method("GreaterThanEqual", List.of(POINTER), (v, a) -> v.compareTo(other(a)) >= 0)
            .method("Equal", List.of(POINTER), (v, a) -> v.compareTo(other(a)) == 0)
            .method(
                    "IncPatch",
                    v -> v.prerelease.isEmpty()
                            ? v.next(v.major, v.minor, v.patch + 1)
                            : v.next(v.major, v.minor, v.patch))
            .method("IncMinor", v -> v.next(v.major, v.minor + 1, 0))
            .method("IncMajor", v -> v.next(v.major + 1, 0, 0))
            .build();

    private static SemverVersion other(List<?> arguments) {
        if (arguments.getFirst() instanceof SemverVersion version) {
            return version;
        }
        throw new FunctionException("expected a version; got nil");
    }

    private SemverVersion next(long newMajor, long newMinor, long newPatch) {
        String prefix = original.startsWith("v") ? "v" : "";
        var version = new SemverVersion(newMajor, newMinor, newPatch, "", "", "");
        return new SemverVersion(newMajor, newMinor, newPatch, "", "", prefix + version);
    }

    /**
     * Reads a version.
     *
     * @throws FunctionException if it is none
     */
    static SemverVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            throw new FunctionException("invalid semantic version: expected something like 1.2.3-rc.1+build");
        }
        String prerelease = matcher.group(4) == null ? "" : matcher.group(4);
        for (String identifier : prerelease.split("\\.", -1)) {
            if (isNumber(identifier) && identifier.length() > 1 && identifier.startsWith("0")) {
                throw new FunctionException("version segment starts with 0: " + identifier);
            }
        }
        return new SemverVersion(
                number(matcher.group(1)),
                number(matcher.group(2)),
                number(matcher.group(3)),
                prerelease,
                matcher.group(5) == null ? "" : matcher.group(5),
                text);
    }

    static long number(@org.jspecify.annotations.Nullable String digits) {
        if (digits == null) {
            return 0;
        }
        BigInteger number = new BigInteger(digits);
        if (number.bitLength() > Long.SIZE) {
            throw new FunctionException("invalid semantic version: " + digits + " is too large");
        }
        return number.longValue();
    }

    private static boolean isNumber(String identifier) {
        return !identifier.isEmpty() && identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public int compareTo(SemverVersion other) {
        int order = Long.compareUnsigned(major, other.major);
        order = order == 0 ? Long.compareUnsigned(minor, other.minor) : order;
        order = order == 0 ? Long.compareUnsigned(patch, other.patch) : order;
        return order == 0 ? comparePrereleases(prerelease, other.prerelease) : order;
    }

    private static int comparePrereleases(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        String[] x = a.split("\\.", -1);
        String[] y = b.split("\\.", -1);
        for (int i = 0; i < Math.min(x.length, y.length); i++) {
            int order = compareIdentifiers(x[i], y[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(x.length, y.length);
    }

    private static int compareIdentifiers(String a, String b) {
        if (isNumber(a) && isNumber(b)) {
            return Integer.signum(new BigInteger(a).compareTo(new BigInteger(b)));
        }
        return isNumber(a) || isNumber(b) ? isNumber(a) ? -1 : 1 : Integer.signum(a.compareTo(b));
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(major) + "." + Long.toUnsignedString(minor) + "." + Long.toUnsignedString(patch)
                + (prerelease.isEmpty() ? "" : "-" + prerelease)
                + (metadata.isEmpty() ? "" : "+" + metadata);
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }
}

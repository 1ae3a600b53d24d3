package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.semver.Version;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.Kind;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import java.util.List;

/** A semantic version with the methods that templates may call. */
record SemverVersion(Version version) implements TemplateObject {
    private static final GoType POINTER = new GoType(Kind.POINTER, "*semver.Version", null, null);

    private static final StructType<SemverVersion> TYPE = StructType.<SemverVersion>named("*semver.Version")
            .pointer()
            .method("String", SemverVersion::toString)
            .method("MarshalText", SemverVersion::toString)
            .method("Original", v -> v.version.original())
            .method("Major", v -> new GoInteger(GoType.UINT64, v.version.major()))
            .method("Minor", v -> new GoInteger(GoType.UINT64, v.version.minor()))
            .method("Patch", v -> new GoInteger(GoType.UINT64, v.version.patch()))
            .method("Prerelease", v -> v.version.preRelease())
            .method("Metadata", v -> v.version.metadata())
            .method("Compare", List.of(POINTER), (v, a) -> GoInteger.of(v.compareTo(other(a))))
            .method("LessThan", List.of(POINTER), (v, a) -> v.compareTo(other(a)) < 0)
            .method("LessThanEqual", List.of(POINTER), (v, a) -> v.compareTo(other(a)) <= 0)
            .method("GreaterThan", List.of(POINTER), (v, a) -> v.compareTo(other(a)) > 0)
            .method("GreaterThanEqual", List.of(POINTER), (v, a) -> v.compareTo(other(a)) >= 0)
            .method("Equal", List.of(POINTER), (v, a) -> v.compareTo(other(a)) == 0)
            .method(
                    "IncPatch",
                    v -> v.next(
                            v.version.major(),
                            v.version.minor(),
                            v.version.isPreRelease() ? v.version.patch() : v.version.patch() + 1))
            .method("IncMinor", v -> v.next(v.version.major(), v.version.minor() + 1, 0))
            .method("IncMajor", v -> v.next(v.version.major() + 1, 0, 0))
            .build();

    private static SemverVersion other(List<?> arguments) {
        if (arguments.getFirst() instanceof SemverVersion version) {
            return version;
        }
        throw new FunctionException("expected a version; got nil");
    }

    private SemverVersion next(long major, long minor, long patch) {
        String prefix = version.original().startsWith("v") ? "v" : "";
        String text = new Version(major, minor, patch, "", "", "").normalized();
        return new SemverVersion(new Version(major, minor, patch, "", "", prefix + text));
    }

    /**
     * Reads a version: a leading {@code v} and missing parts are fine.
     *
     * @throws FunctionException if it is none
     */
    static Version read(String text) {
        return Version.parse(text)
                .orElseThrow(() ->
                        new FunctionException("invalid semantic version: expected something like 1.2.3-rc.1+build"));
    }

    static SemverVersion parse(String text) {
        return new SemverVersion(read(text));
    }

    private int compareTo(SemverVersion other) {
        return Integer.signum(Version.PRECEDENCE.compare(version, other.version));
    }

    @Override
    public String toString() {
        return version.normalized();
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }
}

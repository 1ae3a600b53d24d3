package dev.tidemark.go.semver;

import java.util.List;

/**
 * A range such as {@code >=1.2 <2.0 || 3.x}, with the grammar and the oddities of Masterminds v3.5.0,
 * the library that Flux and Helm use (spec flux-git-based 10.1).
 */
public final class VersionRange {

    /** Longest text of a range, in bytes. */
    public static final int MAX_BYTES = 512;

    /** Most groups between {@code ||}. */
    public static final int MAX_GROUPS = 32;

    /** What a range says about a version. */
    public enum Verdict {
        INSIDE,
        /** Only because no comparison of the matching group names a pre-release. */
        PRE_RELEASE_NOT_WANTED,
        OUTSIDE
    }

    private final String text;
    private final List<Group> groups;

    VersionRange(String text, List<Group> groups) {
        this.text = text;
        this.groups = groups;
    }

    /**
     * Never backtracks: hostile texts cost time linear in their bounded length.
     *
     * @throws VersionRangeException for a text that is no range
     */
    public static VersionRange parse(String text) {
        return RangeParser.parse(text);
    }

    public boolean contains(Version version) {
        for (Group group : groups) {
            if (group.eligible(version) && group.admits(version)) {
                return true;
            }
        }
        return false;
    }

    public Verdict judge(Version version) {
        if (contains(version)) {
            return Verdict.INSIDE;
        }
        return version.isPreRelease() && groups.stream().anyMatch(group -> group.admits(version))
                ? Verdict.PRE_RELEASE_NOT_WANTED
                : Verdict.OUTSIDE;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Comparisons that must all hold; one that names a pre-release lets pre-releases into the group. */
    record Group(List<Constraint> constraints, boolean wantsPreReleases) {

        boolean eligible(Version version) {
            return wantsPreReleases || !version.isPreRelease();
        }

        boolean admits(Version version) {
            for (Constraint constraint : constraints) {
                if (!constraint.admits(version)) {
                    return false;
                }
            }
            return true;
        }
    }
}

package dev.tidemark.systemtests;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tag that is a release: three numbers and nothing else. */
record Version(int major, int minor, int patch) implements Comparable<Version> {

    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch);

    static Optional<Version> of(String tag) {
        Matcher release = RELEASE.matcher(tag);
        return release.matches()
                ? Optional.of(new Version(
                        Integer.parseInt(release.group(1)),
                        Integer.parseInt(release.group(2)),
                        Integer.parseInt(release.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}

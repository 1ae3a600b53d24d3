package dev.tidemark.demo;

import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which version to push so that both policies of the examples select it. */
public final class Versions {

    private static final Pattern RELEASE = Pattern.compile("1\\.(\\d{1,9})\\.(\\d{1,9})");

    private record Release(int minor, int patch) {
        static final Comparator<Release> ORDER =
                Comparator.comparingInt(Release::minor).thenComparingInt(Release::patch);

        @Override
        public String toString() {
            return "1." + minor + '.' + patch;
        }
    }

    private Versions() {}

    /** The highest 1.x release among {@code tags}. */
    public static String highest(Collection<String> tags) {
        return highestRelease(tags).toString();
    }

    /** {@value Scenario#PUSHED_VERSION}, or the patch after the highest release where that is not lower. */
    public static String next(Collection<String> tags) {
        Release highest = highestRelease(tags);
        Release first = release(Scenario.PUSHED_VERSION);
        return Release.ORDER.compare(highest, first) < 0
                ? Scenario.PUSHED_VERSION
                : new Release(highest.minor(), highest.patch() + 1).toString();
    }

    private static Release highestRelease(Collection<String> tags) {
        return tags.stream()
                .filter(tag -> RELEASE.matcher(tag).matches())
                .map(Versions::release)
                .max(Release.ORDER)
                .orElseGet(() -> release(Scenario.FIRST_VERSION));
    }

    private static Release release(String tag) {
        Matcher matcher = RELEASE.matcher(tag);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + tag + "' is not a 1.x release");
        }
        return new Release(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
}

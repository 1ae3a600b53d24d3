package dev.tidemark.watcher.domain.budget;

/**
 * What is never exceeded towards one host with one credential, however well it answers.
 *
 * @param atOnce requests under way; at least two, one for a list and one for a tag that is asked for meanwhile
 * @param perSecond requests a second in the long run
 */
public record Ceiling(int atOnce, double perSecond) {

    /** So many seconds' worth may go at once after a quiet time. */
    public static final int BURST_SECONDS = 3;

    public Ceiling {
        if (atOnce < 2) {
            throw new IllegalArgumentException(
                    "tidemark.registry-watcher.requests-at-once is " + atOnce + ": set at least 2");
        }
        checkRate("tidemark.registry-watcher.requests-per-second", perSecond);
    }

    /** @throws IllegalArgumentException naming the setting when that is no rate */
    public static void checkRate(String setting, double perSecond) {
        if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException(setting + " is " + perSecond + ": set a number above 0");
        }
    }
}

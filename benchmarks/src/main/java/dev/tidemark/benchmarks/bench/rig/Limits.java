package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a case waits: as often as its unit demands, and not for ever. */
public final class Limits {

    /** For whatever a person would wait for. */
    public static final Duration EFFECT = Duration.ofMinutes(2);

    /** For a start with much to read, or thousands of images. */
    public static final Duration START = Duration.ofMinutes(15);

    private static final long GLANCE_NANOS = 1_000_000;

    private Limits() {}

    /** Something that can be asked for. */
    @FunctionalInterface
    public interface Condition {

        boolean holds() throws IOException;
    }

    /**
     * Asks every millisecond.
     *
     * @param what is waited for, for whoever reads that it did not come
     * @return when it held, by {@link System#nanoTime}
     */
    public static long await(String what, Duration limit, Condition condition)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new IOException("waited " + limit.toSeconds() + " s in vain for " + what);
            }
            TimeUnit.NANOSECONDS.sleep(GLANCE_NANOS);
        }
        return System.nanoTime();
    }

    /** Lets time pass in which nothing is looked at. */
    public static void rest(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}

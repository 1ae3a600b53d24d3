package dev.tidemark.evaluator.domain;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Work for single objects, each on its own: what fails is told, and tried again later and later; the others go on. Newer
 * work for an object replaces what waits for it. For any thread.
 *
 * @param <K> what names an object
 */
public final class Attempts<K> {

    static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /** A disk that is full for an hour is noticed soon enough when it is not any more. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Later later;
    private final OnFailure<K> onFailure;
    private final Map<K, Runnable> newest = new ConcurrentHashMap<>();

    /** Runs something after a while. */
    @FunctionalInterface
    public interface Later {
        void after(Duration wait, Runnable work);
    }

    /** Is told of a failure. */
    @FunctionalInterface
    public interface OnFailure<K> {
        void failed(K object, Throwable fault, Duration wait);
    }

    public Attempts(Later later, OnFailure<K> onFailure) {
        this.later = later;
        this.onFailure = onFailure;
    }

    /** Does the work now, and again until it succeeds or newer work has taken its place. */
    public void run(K object, Runnable work) {
        newest.put(object, work);
        attempt(object, work, FIRST_WAIT);
    }

    private void attempt(K object, Runnable work, Duration wait) {
        if (newest.get(object) != work) {
            return;
        }
        try {
            work.run();
            newest.remove(object, work);
        } catch (Exception | StackOverflowError fault) {
            onFailure.failed(object, fault, wait);
            Duration longer = wait.multipliedBy(2);
            later.after(wait, () -> attempt(object, work, longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT));
        }
    }
}

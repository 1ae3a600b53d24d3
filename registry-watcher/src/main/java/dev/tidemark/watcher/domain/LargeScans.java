package dev.tidemark.watcher.domain;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what all running scans of a process hold together: a scan that has found many new tags goes on when there is room,
 * however many first scans of large images there are. A scan of what is known holds nothing and never waits.
 */
public final class LargeScans {

    /** New tags that a scan may hold without asking: some 2 MB, and more than most images have. */
    static final int SMALL = 20_000;

    /** Large scans at a time: each may hold {@link FeedScanner#MAX_TAGS}, some 60 MB; one alone would let a slow registry keep all. */
    static final int AT_ONCE = 2;

    /** How often a scan that waits lets in what is urgent. */
    private static final Duration GLANCE = Duration.ofMillis(250);

    private final Semaphore room = new Semaphore(AT_ONCE, true);

    /** For one scan. */
    Place place() {
        return new Place();
    }

    /** What one scan takes of the room; gives it back when it is closed. */
    final class Place implements AutoCloseable {

        private boolean taken;

        private Place() {}

        /**
         * Between two pages, where nothing is open: returns when there is room for what the scan holds.
         *
         * @param meanwhile runs now and then while it waits
         */
        void fit(int held, Runnable meanwhile) {
            if (taken || held <= SMALL) {
                return;
            }
            try {
                while (!room.tryAcquire(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    meanwhile.run();
                }
                taken = true;
            } catch (InterruptedException e) {
                // whoever ends the scan wants no more of it: the next request of the registry fails of the same
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            if (taken) {
                room.release();
            }
        }
    }
}

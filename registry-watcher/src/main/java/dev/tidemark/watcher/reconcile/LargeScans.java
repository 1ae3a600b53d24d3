package dev.tidemark.watcher.reconcile;

import dev.tidemark.watcher.domain.ScanRoom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what all running scans of a process hold together: a scan that has found many new tags goes on when there is room,
 * however many first scans of large images there are. A scan of what is known holds nothing and never waits.
 */
public final class LargeScans implements ScanRoom {

    /** New tags that a scan may hold without asking: some 2 MB, and more than most images have. */
    public static final int SMALL = 20_000;

    /** Large scans at a time: each may hold half a million tags, some 60 MB; one alone would let a slow registry keep all. */
    public static final int AT_ONCE = 2;

    /** How often a scan that waits lets in what is urgent. */
    private static final Duration GLANCE = Duration.ofMillis(250);

    private final Semaphore room = new Semaphore(AT_ONCE, true);

    @Override
    public Place place() {
        return new OnePlace();
    }

    private final class OnePlace implements Place {

        private boolean taken;

        @Override
        public void fit(int held, Runnable meanwhile) {
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

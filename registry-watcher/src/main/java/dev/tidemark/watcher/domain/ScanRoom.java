package dev.tidemark.watcher.domain;

/** Room for what all running scans of a process hold together: the new tags that they have found. */
@FunctionalInterface
public interface ScanRoom {

    /** For one scan, which holds nothing yet. */
    Place place();

    /** What one scan takes of the room; gives it back when it is closed. */
    interface Place extends AutoCloseable {

        /**
         * Between two pages, where nothing is open: returns when there is room for what the scan holds.
         *
         * @param held new tags
         * @param meanwhile runs now and then while it waits
         */
        void fit(int held, Runnable meanwhile);

        @Override
        void close();
    }
}

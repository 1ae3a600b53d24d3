package dev.tidemark.watcher.domain;

/** What happens while a scan runs. */
@FunctionalInterface
public interface DuringScan {

    /** Between two pages: a good moment for urgent things. */
    void pageEnded();

    /**
     * Asked once, when the whole list was read: whether notifications that came since the scan began count as finished
     * because the log says that the feed is due at once. None does from now on, unless {@link FeedWorker#oweScan} says it
     * again.
     */
    default boolean owesAnother() {
        return false;
    }
}

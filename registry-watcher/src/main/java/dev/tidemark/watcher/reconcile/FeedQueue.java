package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import java.lang.System.Logger.Level;

/** The loop that works all feeds of a replica, as its shards use it. */
record FeedQueue(ReconcileLoop<Feed> loop) {

    private static final System.Logger LOG = System.getLogger(FeedQueue.class.getName());

    void submit(OwnedFeed feed, Priority priority) {
        try {
            loop.submit(feed.feed(), priority);
        } catch (IllegalStateException tooMany) {
            LOG.log(
                    Level.ERROR,
                    LogKeys.line(
                            "feed-refused",
                            LogKeys.FEED,
                            feed.feed(),
                            LogKeys.REASON,
                            String.valueOf(tooMany.getMessage())));
            // nobody must wait for what is not done
            feed.requests().retire();
        }
    }
}

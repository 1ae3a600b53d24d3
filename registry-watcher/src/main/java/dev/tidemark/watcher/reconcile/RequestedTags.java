package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.TagCheckScheduler.Request;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;

/** Gives what the evaluator requests of single tags, or of a whole base, to their feeds, when it is due. */
record RequestedTags(FeedIndex feeds, FeedQueue queue) implements TagChecks.Asker {

    private static final System.Logger LOG = System.getLogger(RequestedTags.class.getName());

    @Override
    public void ask(Request request, Consumer<TagCheck.Ended> done) {
        String tag = request.wanted().tag();
        Optional<OwnedFeed> found = feeds.find(request.wanted().feed());
        if (found.isEmpty()) {
            done.accept(TagCheck.Ended.NOT_WATCHED);
            return;
        }
        OwnedFeed feed = found.get();
        if (request.wanted().purpose() == CheckPurpose.NEW_BASE) {
            feed.late().addBase();
            queue.submit(feed, Priority.ROUTINE);
            done.accept(TagCheck.Ended.DONE);
            return;
        }
        if (!FeedWorker.isTag(tag)) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line("check-refused", LogKeys.FEED, feed.feed(), "tag", tag, LogKeys.REASON, "not a tag"));
            done.accept(TagCheck.Ended.DONE);
            return;
        }
        long mark = feed.mark();
        feed.requests().add(new TagCheck(tag, request.purpose(), request.cause(), mark, false, done));
        queue.submit(feed, Priority.URGENT);
    }
}

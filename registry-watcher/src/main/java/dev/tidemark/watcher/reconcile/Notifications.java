package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.TagCheck;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Gives what webhooks tell of an image to the feeds that the webhook's Receiver lists. */
final class Notifications {

    private final OwnedFeeds owned;
    private final FeedIndex feeds;
    private final int partition;
    private final Set<String> answered;

    /** @param answered notifications that an earlier owner has worked: they are read again where it could not say so */
    Notifications(OwnedFeeds owned, FeedIndex feeds, int partition, Set<String> answered) {
        this.owned = owned;
        this.feeds = feeds;
        this.partition = partition;
        this.answered = answered;
    }

    /**
     * Notes what a record tells.
     *
     * @param done called when every feed has done its part
     * @param urgent takes the feeds that have something to do
     * @throws UndecodableException when it is no notification, or of somebody else's image
     */
    void take(LogRecord record, Runnable done, Consumer<OwnedFeed> urgent) {
        Envelope<?> envelope = record.envelope();
        if (envelope == null || !(envelope.event() instanceof RegistryNotified event)) {
            throw new UndecodableException("not a notification: "
                    + (envelope == null ? "no value" : envelope.type().wireName()));
        }
        int own = owned.partition(event.image());
        if (own != partition) {
            // Who owns the image will never see it here, and who sees it here does not own the image.
            throw new UndecodableException("a notification of " + event.image() + " belongs in partition " + own);
        }
        List<OwnedFeed> concerned = feeds.of(event.image()).stream()
                .filter(feed -> isListed(feed, event))
                .toList();
        if (concerned.isEmpty()) {
            done.run();
            return;
        }
        AtomicInteger open = new AtomicInteger(concerned.size());
        Runnable part = () -> {
            if (open.decrementAndGet() == 0) {
                done.run();
            }
        };
        for (OwnedFeed feed : concerned) {
            String tag = event.claimedTag();
            if (tag == null || !FeedWorker.isTag(tag)) {
                feed.requests().addScan(envelope, part);
            } else {
                feed.requests().add(claim(feed, tag, envelope, part));
            }
            urgent.accept(feed);
        }
    }

    private TagCheck claim(OwnedFeed feed, String tag, Envelope<?> cause, Runnable part) {
        boolean before = answered.contains(cause.id());
        return new TagCheck(tag, TagCheck.Purpose.CLAIMED, cause, feed.mark(), before, how -> part.run());
    }

    private static boolean isListed(OwnedFeed feed, RegistryNotified event) {
        return feed.watched().stream()
                .flatMap(watched -> watched.resources().keySet().stream())
                .anyMatch(id -> event.listed().contains(id.toString()));
    }
}

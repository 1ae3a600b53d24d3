package dev.tidemark.events;

/** What is known of one feed: its tags, and how its scans went. Written by the watcher that owns the feed's image. */
public sealed interface FeedEvent extends Event
        permits Event.TagDiscovered,
                Event.TagRemoved,
                TagsListed,
                TagsChanged,
                Event.ScanCompleted,
                ScanFailed,
                Event.FeedScanned {

    Feed feed();

    Scan scan();

    /** The epoch in which it was written, {@link ScanOrder#NO_EPOCH} from before owners claimed their partitions. */
    default long ownerEpoch() {
        Long epoch = this instanceof Event.FeedScanned scanned ? scanned.epoch() : scan().epoch();
        return epoch == null ? ScanOrder.NO_EPOCH : epoch;
    }
}

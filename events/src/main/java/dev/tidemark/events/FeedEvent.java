package dev.tidemark.events;

/** What is known of one feed: its tags, and how its scans went. Written by the watcher that owns the feed's image. */
public sealed interface FeedEvent extends Event
        permits Event.TagDiscovered, Event.TagRemoved, Event.ScanCompleted, Event.ScanFailed, Event.FeedScanned {

    Feed feed();
}

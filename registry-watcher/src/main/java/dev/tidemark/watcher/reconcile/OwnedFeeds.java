package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.memory.HeapNeed;
import dev.tidemark.watcher.domain.KnownTags;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The feeds of the partitions that are active here. For any thread. */
public final class OwnedFeeds {

    /** Reckoned: its tables of tags while they are small, its worker and queue, and the resources that name it. */
    static final int BYTES_PER_FEED = 4096;

    private final int partitions;
    private final Map<Integer, FeedShard> active = new ConcurrentHashMap<>();

    public OwnedFeeds(int partitions) {
        this.partitions = partitions;
    }

    /**
     * A resource is declared in another way.
     *
     * @param named the feeds that it was known to name, and names now
     */
    void adjust(ResourceId resource, Set<Feed> named) {
        Set<Feed> feeds = new HashSet<>(named);
        // a shard that became active between two changes has seen one that was never told of
        active.values().forEach(shard -> feeds.addAll(shard.namedBy(resource)));
        feeds.forEach(feed -> shardOf(feed).ifPresent(shard -> shard.adjust(feed)));
    }

    /** What the feed is scanned with has changed. */
    void accessChanged(Feed feed) {
        shardOf(feed).ifPresent(shard -> shard.accessChanged(feed));
    }

    int partition(ImageName image) {
        return Partitioning.partition(image, partitions);
    }

    void add(FeedShard shard) {
        active.put(shard.epoch().partition(), shard);
    }

    void remove(FeedShard shard) {
        boolean unused = active.remove(shard.epoch().partition(), shard);
    }

    Optional<OwnedFeed> find(Feed feed) {
        return shardOf(feed).flatMap(shard -> shard.find(feed));
    }

    private Optional<FeedShard> shardOf(Feed feed) {
        return shard(partition(feed.image()));
    }

    /** What the feeds here are expected to take of memory. */
    public HeapNeed heapNeed() {
        long feeds = 0;
        long tags = 0;
        for (FeedShard shard : active.values()) {
            for (OwnedFeed feed : shard.feeds()) {
                feeds++;
                tags += feed.state().size();
            }
        }
        return HeapNeed.of("registry-watcher", feeds, BYTES_PER_FEED, tags, KnownTags.BYTES_PER_TAG);
    }

    /** The partitions that are active. */
    public Set<Integer> partitions() {
        return Set.copyOf(active.keySet());
    }

    /** The active shard of a partition. */
    public Optional<FeedShard> shard(int partition) {
        return Optional.ofNullable(active.get(partition));
    }
}

package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.watcher.domain.WatchedFeed;
import dev.tidemark.watcher.domain.Watchlist;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The feeds of the partitions that are active here, and which feeds the resources name. For any thread. */
public final class OwnedFeeds {

    private final int partitions;
    private final Map<Integer, FeedShard> active = new ConcurrentHashMap<>();
    private volatile Map<Integer, Map<Feed, WatchedFeed>> watched = Map.of();

    public OwnedFeeds(int partitions) {
        this.partitions = partitions;
    }

    /** What is declared has changed. */
    public void watch(Watchlist newest) {
        Map<Integer, Map<Feed, WatchedFeed>> byPartition = new HashMap<>();
        newest.feeds().forEach((feed, one) -> byPartition
                .computeIfAbsent(partition(feed.image()), number -> new HashMap<>())
                .put(feed, one));
        watched = byPartition;
        active.values().forEach(FeedShard::adjust);
    }

    int partition(ImageName image) {
        return Partitioning.partition(image, partitions);
    }

    /** What the resources name of a partition's feeds. */
    Map<Feed, WatchedFeed> watched(int partition) {
        return watched.getOrDefault(partition, Map.of());
    }

    void add(FeedShard shard) {
        active.put(shard.epoch().partition(), shard);
    }

    void remove(FeedShard shard) {
        boolean unused = active.remove(shard.epoch().partition(), shard);
    }

    Optional<OwnedFeed> find(Feed feed) {
        return shard(partition(feed.image())).flatMap(shard -> shard.find(feed));
    }

    /** The active shard of a partition. */
    public Optional<FeedShard> shard(int partition) {
        return Optional.ofNullable(active.get(partition));
    }
}

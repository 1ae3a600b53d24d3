package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicTable;
import dev.tidemark.watcher.domain.TagCheckScheduler.Request;
import dev.tidemark.watcher.reconcile.OwnedFeeds;
import dev.tidemark.watcher.reconcile.RequestedChecks;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the evaluator requests of single tags. A table and not a channel: a consumer group of its own would give a
 * partition to another replica than the one that owns the image. Each replica reads all of it and does what falls to its
 * shards.
 */
public final class RequestedChecksTable implements RequestedChecks, AutoCloseable {

    private final TopicTable table;
    private final OwnedFeeds owned;
    private final int partitions;

    public RequestedChecksTable(LogClients log, DeadLetters deadLetters, OwnedFeeds owned) {
        this.owned = owned;
        this.partitions = log.settings().partitions();
        this.table = new TopicTable(
                Topic.TAG_CHECK_WANTED, log, "registry-watcher-tag-check-wanted", deadLetters, this::changed);
    }

    public void start() {
        table.start();
    }

    private void changed(Set<String> keys) {
        keys.stream()
                .collect(Collectors.groupingBy(this::partition))
                .forEach((partition, some) -> owned.shard(partition).ifPresent(shard -> shard.requested(some)));
    }

    private int partition(String key) {
        return Partitioning.partition(Topic.TAG_CHECK_WANTED, key, partitions);
    }

    @Override
    public Collection<String> keys(int partition) {
        return table.newest().keySet().stream()
                .filter(key -> partition(key) == partition)
                .toList();
    }

    /** What stands under another key than its own is nobody's request: the owner of the image would not see it. */
    @Override
    public Optional<Request> find(String key) {
        return table.find(key).flatMap(Request::of).filter(found -> Keys.of(found.wanted())
                .equals(key));
    }

    @Override
    public void close() {
        table.close();
    }
}

package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicFollower;
import dev.tidemark.runtime.partition.LogRecord;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.reconcile.OwnPartition;
import java.util.Map;
import java.util.function.Consumer;

/** What is written to the partitions that this replica owns, in one long poll for all of them. */
public final class PartitionFollower implements OwnPartition, AutoCloseable {

    private final TopicFollower follower;

    public PartitionFollower(LogClients log, Backoff backoff, Scheduler scheduler) {
        this.follower = new TopicFollower(log, "registry-watcher-own", backoff, scheduler);
    }

    public void start() {
        follower.start();
    }

    @Override
    public Runnable follow(int partition, Map<Topic, Long> from, Consumer<LogRecord> sink) {
        return follower.follow(partition, from, record -> sink.accept(FeedLoader.read(record)));
    }

    @Override
    public void close() {
        follower.close();
    }
}

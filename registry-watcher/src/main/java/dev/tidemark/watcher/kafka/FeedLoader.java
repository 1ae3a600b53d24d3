package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicFollower;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.runtime.log.TopicScan.Scanned;
import dev.tidemark.runtime.partition.Loader;
import dev.tidemark.runtime.partition.LogRecord;
import dev.tidemark.watcher.reconcile.OwnPartition;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a new owner must know of its feeds: their tags from {@code tag-discovered}, their scans from {@code feed-scanned}. */
public final class FeedLoader implements Loader {

    private final TopicScan log;

    public FeedLoader(LogClients log) {
        this.log = new TopicScan(log, "registry-watcher-restore");
    }

    @Override
    public void load(Set<Integer> partitions, Consumer<LogRecord> sink) {
        for (Topic topic : List.of(Topic.TAG_DISCOVERED, Topic.FEED_SCANNED)) {
            log.scan(topic, partitions, any -> true, record -> sink.accept(read(record)));
        }
    }

    /** What is written behind what was loaded. */
    public static OwnPartition following(TopicFollower follower) {
        return (partition, from, sink) -> follower.follow(partition, from, record -> sink.accept(read(record)));
    }

    private static LogRecord read(Scanned record) {
        return new LogRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.event(),
                record.tombstoneEpoch());
    }
}

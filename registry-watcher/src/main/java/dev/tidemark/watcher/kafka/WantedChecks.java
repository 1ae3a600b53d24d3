package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.DeadLetters;
import dev.tidemark.events.kafka.LogSettings;
import dev.tidemark.events.kafka.TopicTable;
import dev.tidemark.watcher.domain.FeedLanes;
import dev.tidemark.watcher.domain.TagCheck;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the evaluator wants looked at. A table and not a channel: a consumer group of its own would give a partition to
 * another replica than the one whose lanes own the image. Each replica reads all of it and does what falls to its lanes.
 */
public final class WantedChecks implements AutoCloseable {

    private final TopicTable table;
    private final FeedLanes lanes;
    private final int partitions;
    private volatile boolean closing;

    public WantedChecks(LogSettings log, DeadLetters deadLetters, FeedLanes lanes) {
        this.lanes = lanes;
        this.partitions = log.partitions();
        this.table = new TopicTable(
                Topic.TAG_CHECK_WANTED,
                log,
                "registry-watcher-tag-check-wanted",
                deadLetters,
                keys -> keys.forEach(this::look));
    }

    public void start() {
        table.start();
    }

    /** Takes up what is wanted of the images of these partitions. */
    public void assigned(Set<Integer> numbers) {
        table.newest().keySet().stream()
                .filter(key -> numbers.contains(Partitioning.partition(Topic.TAG_CHECK_WANTED, key, partitions)))
                .forEach(this::look);
    }

    private void look(String key) {
        Envelope<?> envelope = table.find(key).orElse(null);
        if (envelope == null || closing || !(envelope.event() instanceof TagCheckWanted wanted)) {
            return;
        }
        TagCheck.Purpose purpose = wanted.purpose() == CheckPurpose.CONFIRM_GONE
                ? TagCheck.Purpose.CONFIRM_GONE
                : TagCheck.Purpose.CLAIMED;
        var unused = lanes.check(wanted.feed(), wanted.tag(), purpose, envelope).thenRun(() -> again(key, envelope));
    }

    /** Digests that are followed: as long as the wish stands, and by this replica as long as it owns the image. */
    private void again(String key, Envelope<?> envelope) {
        Duration every =
                envelope.event() instanceof TagCheckWanted wanted && wanted.purpose() == CheckPurpose.DIGEST_EVERY
                        ? wanted.every()
                        : null;
        if (every != null && envelope.equals(table.find(key).orElse(null))) {
            CompletableFuture.delayedExecutor(every.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (envelope.equals(table.find(key).orElse(null))) {
                            look(key);
                        }
                    });
        }
    }

    @Override
    public void close() {
        closing = true;
        table.close();
    }
}

package dev.tidemark.renderer.kafka;

import dev.tidemark.events.Topic;
import dev.tidemark.renderer.reconcile.RendererWork;
import dev.tidemark.renderer.reconcile.ResourceShard;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.PartitionRuntime;
import java.util.function.Function;

/**
 * Who serves what: the group's partitions of {@code tag-selected}. One that is assigned is served when the tables have
 * read the log to its end: before that, nothing selected and nothing read yet look the same.
 */
public record SelectionPartitions(LogClients log, DeadLetters deadLetters, Runnable catchUp, RendererWork.Parts parts)
        implements RendererWork.Partitions {

    private static final String NAME = "gitless-renderer-tag-selected";

    /** A record is finished when it is delivered, so there is never more than one. */
    private static final int MAX_UNFINISHED = 500;

    @Override
    public PartitionRuntime<ResourceShard> owned(Function<Epoch, ResourceShard> shards) {
        return PartitionRuntime.of(
                new PartitionRuntime.Settings(
                        NAME, Topic.TAG_SELECTED, parts.partitions(), MAX_UNFINISHED, parts.backoff()),
                log,
                NAME,
                (partitions, sink) -> catchUp.run(),
                shards,
                deadLetters::add,
                parts.scheduler());
    }
}

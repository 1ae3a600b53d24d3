package dev.tidemark.committer.kafka;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.runtime.partition.Loader;
import dev.tidemark.runtime.partition.LogRecord;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a new owner must know before it writes: the states of its branches, and every selection that was there when it was
 * given them. So the table holds all that any owner before it acted on, and no push has to ask for it again.
 */
public final class BranchStateLoader implements Loader {

    private final TopicScan states;
    private final SelectionTable selections;
    private final Duration limit;

    /** @param limit how long the selections may take to arrive before the whole is tried again */
    public BranchStateLoader(LogClients log, SelectionTable selections, Duration limit) {
        this.states = new TopicScan(log, "git-committer-branch-state-restore");
        this.selections = selections;
        this.limit = limit;
    }

    @Override
    public void load(Set<Integer> partitions, Consumer<LogRecord> sink) {
        states.scan(
                Topic.BRANCH_STATE,
                partitions,
                key -> true,
                record -> sink.accept(new LogRecord(
                        record.topic(), record.partition(), record.offset(), record.key(), record.event())));
        try {
            if (!selections.catchUp(limit)) {
                throw new IllegalStateException("tag-selected could not be read to its end in " + limit);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while tag-selected was read", stop);
        }
    }
}

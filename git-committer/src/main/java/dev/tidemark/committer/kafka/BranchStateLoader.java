package dev.tidemark.committer.kafka;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.partition.Loader;
import dev.tidemark.runtime.partition.TopicLoader;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a new owner must know before it writes: the states of its branches, and every selection that was there when it was
 * given them. So the table holds all that any owner before it acted on, and no push has to ask for it again.
 */
public final class BranchStateLoader implements Loader {

    private final Loader states;
    private final CatchUp selections;
    private final Duration limit;

    /** Waits until a table shows everything that was in its topic at the call; false if that takes too long. */
    @FunctionalInterface
    interface CatchUp {
        boolean within(Duration limit) throws InterruptedException;
    }

    /** @param limit how long the selections may take to arrive before the whole is tried again */
    public BranchStateLoader(LogClients log, SelectionTable selections, Duration limit) {
        this(
                new TopicLoader(log, "git-committer-branch-state-restore", Topic.BRANCH_STATE),
                selections::catchUp,
                limit);
    }

    BranchStateLoader(Loader states, CatchUp selections, Duration limit) {
        this.states = states;
        this.selections = selections;
        this.limit = limit;
    }

    @Override
    public void load(Set<Integer> partitions, Consumer<LogRecord> sink) {
        states.load(partitions, sink);
        try {
            if (!selections.within(limit)) {
                throw new IllegalStateException("tag-selected could not be read to its end in " + limit);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while tag-selected was read", stop);
        }
    }
}

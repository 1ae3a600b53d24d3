package dev.tidemark.committer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Loader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BranchStateLoaderTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final LogRecord RECORD =
            new LogRecord(Topic.BRANCH_STATE, 1, 7, Instant.EPOCH, "git.example/x#main", null, Map.of());

    private final List<LogRecord> loaded = new ArrayList<>();
    private final List<String> order = new ArrayList<>();
    private final Loader states = (partitions, sink) -> {
        order.add("states of " + partitions);
        sink.accept(RECORD);
    };

    /** The table is asked after the assignment: what any owner before acted on is in it. */
    @Test
    void readsTheStatesAndWaitsForTheSelections() {
        var loader = new BranchStateLoader(states, limit -> order.add("selections within " + limit), LIMIT);
        loader.load(Set.of(1), loaded::add);
        assertThat(loaded).containsExactly(RECORD);
        assertThat(order).containsExactly("states of [1]", "selections within PT10S");
    }

    @Test
    void failsWhenTheSelectionsDoNotArriveInTime() {
        var loader = new BranchStateLoader(states, limit -> false, LIMIT);
        assertThatThrownBy(() -> loader.load(Set.of(1), loaded::add))
                .hasMessage("tag-selected could not be read to its end in PT10S");
    }

    @Test
    void staysInterruptedWhenItIsStopped() {
        var loader = new BranchStateLoader(
                states,
                limit -> {
                    throw new InterruptedException();
                },
                LIMIT);
        assertThatThrownBy(() -> loader.load(Set.of(1), loaded::add)).hasMessageStartingWith("stopped");
        assertThat(Thread.interrupted()).isTrue();
    }
}

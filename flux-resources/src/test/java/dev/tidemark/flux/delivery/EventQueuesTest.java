package dev.tidemark.flux.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventQueuesTest {

    private static final long QUARTER = EventQueues.MAX_BYTES / 4;

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final EventQueues<String> queues = new EventQueues<>(threads::add);
    private final List<String> done = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    private void add(String provider, String work) {
        add(provider, work, 1);
    }

    private void add(String provider, String work, long bytes) {
        queues.add(provider, new EventQueues.Work(bytes, () -> done.add(work), () -> lost.add(work)));
    }

    @Test
    void workOfOneIsDoneInItsOrderAndByOneThread() {
        add("a", "a1");
        add("b", "b1");
        add("a", "a2");
        assertThat(threads).hasSize(2);

        threads.remove().run();
        assertThat(done).containsExactly("a1", "a2");
        threads.remove().run();
        assertThat(done).containsExactly("a1", "a2", "b1");

        add("a", "a3");
        threads.remove().run();
        assertThat(done).endsWith("a3");
    }

    /** A start of thousands of objects is a burst that its Provider is told all of. */
    @Test
    void thousandsOfEventsWait() {
        IntStream.range(0, 10_000).forEach(i -> add("a", "a" + i, 1_500));

        threads.remove().run();
        assertThat(lost).isEmpty();
        assertThat(done).hasSize(10_000);
    }

    @Test
    void ofTooMuchTheOldestOfWhoeverHasMostIsLost() {
        add("healthy", "h1", QUARTER);
        add("hangs", "a1", QUARTER);
        add("hangs", "a2", QUARTER);
        add("hangs", "a3", QUARTER);
        assertThat(lost).isEmpty();

        add("healthy", "h2", 1);
        assertThat(lost).containsExactly("a1");
        add("hangs", "a4", QUARTER);
        assertThat(lost).containsExactly("a1", "a2");

        threads.forEach(Runnable::run);
        assertThat(done).containsExactly("h1", "h2", "a3", "a4");
        IntStream.range(0, 4).forEach(i -> add("healthy", "again", QUARTER));
        assertThat(lost).as("what was done and lost is free").containsExactly("a1", "a2");
    }

    @Test
    void aFaultOfOneKeepsNothingFromWhatIsBehindIt() {
        queues.add(
                "a",
                new EventQueues.Work(
                        1,
                        () -> {
                            throw new IllegalStateException("what nobody thought of");
                        },
                        () -> {}));
        add("a", "a2");

        threads.remove().run();
        assertThat(done).containsExactly("a2");

        add("a", "a3");
        threads.remove().run();
        assertThat(done).endsWith("a3");
    }
}

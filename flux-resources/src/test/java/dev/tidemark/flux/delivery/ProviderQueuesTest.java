package dev.tidemark.flux.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ResourceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ProviderQueuesTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final ProviderQueues queues = new ProviderQueues(threads::add);
    private final List<String> done = new ArrayList<>();

    private boolean add(String provider, String work) {
        return queues.add(new ResourceId("Provider", "apps", provider), () -> done.add(work));
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

    @Test
    void whatWaitsIsBoundedForEach() {
        for (int i = 0; i < ProviderQueues.WAITING; i++) {
            assertThat(add("a", "a")).isTrue();
        }
        assertThat(add("a", "too much")).isFalse();
        assertThat(add("b", "b")).isTrue();

        threads.remove().run();
        assertThat(done).hasSize(ProviderQueues.WAITING).doesNotContain("too much");
        assertThat(add("a", "again")).isTrue();
    }

    @Test
    void aFaultOfOneKeepsNothingFromWhatIsBehindIt() {
        queues.add(new ResourceId("Provider", "apps", "a"), () -> {
            throw new IllegalStateException("what nobody thought of");
        });
        add("a", "a2");

        threads.remove().run();
        assertThat(done).containsExactly("a2");

        add("a", "a3");
        threads.remove().run();
        assertThat(done).endsWith("a3");
    }
}

package dev.tidemark.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.VMOption;
import com.sun.management.VMOption.Origin;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JvmHeapTest {

    @Test
    void knowsTheHeapOfThisProcess() {
        JvmHeap heap = JvmHeap.own();
        assertThat(heap.limit().bytes()).isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(heap.committed()).isPositive();
        assertThat(heap.initial()).isPositive();
    }

    /** What the JVM itself promises about collections, with a limit that each of them leaves more than. */
    @Test
    void aCollectionTellsWhenItLeavesTooMuch() {
        JvmHeap heap = JvmHeap.of(1e-6);
        var told = new CompletableFuture<Boolean>();
        heap.onNearLimit(() -> told.complete(true));
        heap.collect();

        assertThat(told.join()).isTrue();
        assertThat(heap.isNearLimit()).isTrue();

        JvmHeap roomy = JvmHeap.own();
        // the JVM takes note of what a collection left on a thread of its own
        await().until(() -> {
            roomy.collect();
            return !roomy.isNearLimit();
        });
    }

    @Test
    void saysWhoSetTheLimit() {
        assertThat(from(Origin.ERGONOMIC, Origin.DEFAULT, Map.of())).isEqualTo("25 % of the machine or container");
        assertThat(from(Origin.VM_CREATION, Origin.DEFAULT, Map.of())).isEqualTo("command line");
        assertThat(from(Origin.ENVIRON_VAR, Origin.DEFAULT, Map.of())).isEqualTo("JAVA_TOOL_OPTIONS");
        assertThat(from(Origin.ERGONOMIC, Origin.ENVIRON_VAR, Map.of())).isEqualTo("JAVA_TOOL_OPTIONS");
        assertThat(from(Origin.ERGONOMIC, Origin.VM_CREATION, Map.of("TIDEMARK_HEAP", "25%")))
                .isEqualTo("TIDEMARK_HEAP=25%");
        assertThat(from(Origin.ERGONOMIC, Origin.DEFAULT, Map.of("TIDEMARK_HEAP", "1g")))
                .as("what had no effect is not named")
                .isEqualTo("25 % of the machine or container");
    }

    private static String from(Origin size, Origin share, Map<String, String> environment) {
        return JvmHeap.from(option("MaxHeapSize", "1", size), option("MaxRAMPercentage", "25.0", share), environment);
    }

    private static VMOption option(String name, String value, Origin origin) {
        return new VMOption(name, value, false, origin);
    }
}

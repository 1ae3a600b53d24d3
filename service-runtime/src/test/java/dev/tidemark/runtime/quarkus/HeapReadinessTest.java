package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.memory.FakeHeap;
import dev.tidemark.runtime.memory.HeapReport;
import dev.tidemark.runtime.simulation.World;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class HeapReadinessTest {

    @Test
    void littleMemoryIsShownAndTakesNoWorkAway() {
        FakeHeap heap = new FakeHeap(512L * 1024 * 1024);
        var readiness = new HeapReadiness(new HeapReport(heap, List.of(), new World(1).replica("service")));
        assertThat(readiness.call().getData().orElseThrow())
                .containsEntry("limit", "512m (TIDEMARK_HEAP=test)")
                .doesNotContainKey("warning");

        heap.collected(true);
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
        assertThat(readiness.call().getData().orElseThrow().get("warning"))
                .asString()
                .contains("TIDEMARK_HEAP=1024m");
    }
}

package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.memory.HeapLimit;
import dev.tidemark.runtime.memory.HeapReport;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Always ready: who takes work away from a process with little memory gives it to others. It says what it has, and lacks. */
@Readiness
@Singleton
public class HeapReadiness implements HealthCheck {

    private final HeapReport heap;

    HeapReadiness(HeapReport heap) {
        this.heap = heap;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("heap")
                .up()
                .withData("limit", heap.limit().toString())
                .withData("expected", HeapLimit.megabytes(heap.expected()));
        heap.warning().ifPresent(why -> answer.withData("warning", why));
        return answer.build();
    }
}

package dev.tidemark.runtime.quarkus;

import dev.tidemark.flux.source.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once what can be read was read, and from then on: a source that is away changes nothing of what is in force. It
 * says which kinds cannot be read, and what helps.
 */
@Readiness
@Singleton
public class ResourcesReadiness implements HealthCheck {

    private final Supplier<List<Problem>> problems;
    private final BooleanSupplier settled;
    private volatile boolean begun;

    @Inject
    ResourcesReadiness(ResourcePorts ports) {
        this(ports.problems(), ports.settled());
    }

    ResourcesReadiness(Supplier<List<Problem>> problems, BooleanSupplier settled) {
        this.problems = problems;
        this.settled = settled;
    }

    @Override
    public HealthCheckResponse call() {
        begun |= settled.getAsBoolean();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("resources").status(begun);
        long refused = 0;
        for (Problem problem : problems.get()) {
            if (problem.object() == null) {
                answer.withData(problem.where(), problem.message());
            } else {
                refused++;
            }
        }
        if (refused > 0) {
            answer.withData("refused objects", refused);
        }
        return answer.build();
    }
}

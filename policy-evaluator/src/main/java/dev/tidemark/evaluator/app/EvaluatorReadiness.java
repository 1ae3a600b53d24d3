package dev.tidemark.evaluator.app;

import dev.tidemark.evaluator.kafka.Declarer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the topology runs and the log declares what the resources say. */
@Readiness
@Singleton
public class EvaluatorReadiness implements HealthCheck {

    private final EvaluatorStreams streams;
    private final Declarer declarer;

    EvaluatorReadiness(EvaluatorStreams streams, Declarer declarer) {
        this.streams = streams;
        this.declarer = declarer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("policy-evaluator")
                .status(streams.isRunning() && declarer.inStep())
                .withData("streams", streams.state())
                .withData("policies declared", declarer.inStep())
                .build();
    }
}

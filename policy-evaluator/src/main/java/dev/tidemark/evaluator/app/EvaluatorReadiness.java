package dev.tidemark.evaluator.app;

import dev.tidemark.evaluator.reconcile.EvaluatorWork;
import dev.tidemark.evaluator.streams.EvaluatorStreams;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the topology runs and the log declares what the resources say. */
@Readiness
@Singleton
public class EvaluatorReadiness implements HealthCheck {

    private final EvaluatorStreams streams;
    private final EvaluatorWork work;

    EvaluatorReadiness(EvaluatorStreams streams, EvaluatorWork work) {
        this.streams = streams;
        this.work = work;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = work.problem();
        var answer = HealthCheckResponse.named("policy-evaluator")
                .status(streams.isRunning() && problem.isEmpty())
                .withData("streams", streams.state())
                .withData("policies declared", problem.isEmpty());
        problem.ifPresent(why -> answer.withData("problem", why));
        return answer.build();
    }
}

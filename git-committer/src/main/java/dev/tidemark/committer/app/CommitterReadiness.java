package dev.tidemark.committer.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the selections are current and every owned branch was reconciled once, with success or with a reason. */
@Readiness
@Singleton
public class CommitterReadiness implements HealthCheck {

    private final Supplier<Optional<String>> problem;

    @Inject
    CommitterReadiness(GitCommitter committer) {
        this(committer::problem);
    }

    CommitterReadiness(Supplier<Optional<String>> problem) {
        this.problem = problem;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("git-committer");
        return problem.get()
                .map(reason -> response.down().withData("reason", reason).build())
                .orElseGet(() -> response.up().build());
    }
}

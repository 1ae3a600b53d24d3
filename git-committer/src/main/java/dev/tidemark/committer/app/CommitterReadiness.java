package dev.tidemark.committer.app;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the selections are current and every owned branch was looked at once, with success or with a reason. */
@Readiness
@Singleton
public class CommitterReadiness implements HealthCheck {

    private final GitCommitter committer;

    CommitterReadiness(GitCommitter committer) {
        this.committer = committer;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("git-committer");
        return committer
                .problem()
                .map(problem -> response.down().withData("reason", problem).build())
                .orElseGet(() -> response.up().build());
    }
}

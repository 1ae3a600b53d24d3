package dev.tidemark.committer.app;

import dev.tidemark.committer.kafka.LaneKeeper;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the selections are current and every owned branch was looked at once, with success or with a reason. */
@Readiness
@Singleton
public class CommitterReadiness implements HealthCheck {

    private final LaneKeeper lanes;

    CommitterReadiness(LaneKeeper lanes) {
        this.lanes = lanes;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("git-committer").status(lanes.ready()).build();
    }
}

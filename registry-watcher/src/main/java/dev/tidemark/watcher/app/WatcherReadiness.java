package dev.tidemark.watcher.app;

import dev.tidemark.watcher.domain.FeedLanes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every partition that was given to this replica is restored. */
@Readiness
@Singleton
public class WatcherReadiness implements HealthCheck {

    private final FeedLanes lanes;

    WatcherReadiness(FeedLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("registry-watcher")
                .status(lanes.ready())
                .build();
    }
}

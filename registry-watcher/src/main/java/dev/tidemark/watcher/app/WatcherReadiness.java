package dev.tidemark.watcher.app;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when this replica belongs to its group and every partition that it was given is active. */
@Readiness
@Singleton
public class WatcherReadiness implements HealthCheck {

    private final RegistryWatcher watcher;

    WatcherReadiness(RegistryWatcher watcher) {
        this.watcher = watcher;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("registry-watcher");
        return watcher.problem()
                .map(problem -> response.down().withData("reason", problem).build())
                .orElseGet(() -> response.up().build());
    }
}

package dev.tidemark.renderer.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the log has been read to its end and every ResourceSet served here was reconciled once. */
@Readiness
@ApplicationScoped
public class RendererReadiness implements HealthCheck {

    private final Renderer renderer;

    RendererReadiness(Renderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("gitless-renderer")
                .status(renderer.isReady())
                .build();
    }
}

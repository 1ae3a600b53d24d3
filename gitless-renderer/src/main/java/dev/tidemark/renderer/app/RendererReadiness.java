package dev.tidemark.renderer.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the log has been read to its end and every ResourceSet served here was reconciled once. */
@Readiness
@ApplicationScoped
public class RendererReadiness implements HealthCheck {

    private final GitlessRendererModule module;

    RendererReadiness(GitlessRendererModule module) {
        this.module = module;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("gitless-renderer");
        Optional<String> problem = module.problem();
        problem.ifPresent(why -> answer.withData("problem", why));
        return answer.status(problem.isEmpty()).build();
    }
}

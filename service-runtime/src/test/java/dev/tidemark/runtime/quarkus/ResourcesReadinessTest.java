package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ResourcesReadinessTest {

    private final List<Problem> problems = new ArrayList<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private final ResourcesReadiness readiness = new ResourcesReadiness(() -> problems, settled::get);

    @Test
    void waitsForTheFirstLookAndNotForEveryOther() {
        assertThat(readiness.call().getStatus()).isEqualTo(Status.DOWN);
        settled.set(true);
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
        settled.set(false);
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void saysWhatCannotBeRead() {
        settled.set(true);
        problems.add(new Problem(Severity.ERROR, "ImagePolicy", "may not be read: grant it"));
        problems.add(new Problem(
                Severity.ERROR, "ImageRepository", "not a duration", new ResourceId("ImageRepository", "apps", "web")));
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
        assertThat(readiness.call().getData()).hasValueSatisfying(data -> assertThat(data)
                .containsEntry("ImagePolicy", "may not be read: grant it")
                .containsEntry("refused objects", 1L)
                .hasSize(2));
    }
}

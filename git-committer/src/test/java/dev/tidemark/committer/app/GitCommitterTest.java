package dev.tidemark.committer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.committer.domain.MemoryStatuses;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.metrics.Meters;
import dev.tidemark.runtime.progress.Progress;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.time.ThreadScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommitterTest {

    @TempDir
    Path state;

    private SmallRyeConfig settings() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(CommitterConfig.class)
                .withMapping(TidemarkConfig.class)
                .withValidateUnknown(false)
                .withDefaultValue("tidemark.state", state.toString())
                .build();
    }

    @Test
    void hasFluxsDefaults() {
        CommitterConfig config = settings().getConfigMapping(CommitterConfig.class);
        assertThat(config.minRetryDelay()).isEqualTo(Duration.ofMillis(750));
        assertThat(config.maxRetryDelay()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.commitTimeZone()).hasToString("UTC");
    }

    /** Nothing is connected before the start, and the clones go with the process. */
    @Test
    void isNotReadyBeforeItsStartAndLeavesNoClones() throws Exception {
        LogClients log = LogClients.at("localhost:1", new LogSettings(2, (short) 1, Duration.ofDays(1)));
        Manifests manifests = Manifests.of();
        MemoryStatuses statuses = new MemoryStatuses();
        try (ThreadScheduler scheduler = new ThreadScheduler(Clock.systemUTC());
                DeadLetters deadLetters = new DeadLetters(log, "test-dead-letters")) {
            GitCommitter committer = new GitCommitter(
                    settings().getConfigMapping(CommitterConfig.class),
                    settings().getConfigMapping(TidemarkConfig.class),
                    log,
                    deadLetters,
                    scheduler,
                    manifests,
                    manifests,
                    statuses,
                    statuses,
                    StatusListener.NOBODY,
                    new Meters(new SimpleMeterRegistry()),
                    Progress.untold(scheduler),
                    Optional.empty(),
                    new MemoryLog());
            assertThat(committer.problem()).contains("the resources are being read");
            committer.close();
        }
        try (var left = Files.list(state.resolve("git"))) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void readinessSaysWhyNot() {
        HealthCheckResponse ready = new CommitterReadiness(Optional::empty).call();
        HealthCheckResponse not = new CommitterReadiness(() -> Optional.of("joining the group")).call();

        assertThat(ready.getStatus()).isEqualTo(Status.UP);
        assertThat(not.getStatus()).isEqualTo(Status.DOWN);
        assertThat(not.getData().orElseThrow()).containsEntry("reason", "joining the group");
    }
}

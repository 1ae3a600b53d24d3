package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AutomationStatusTest {

    @Test
    void timesAreOfSeconds() {
        Resource<ImageUpdateAutomationSpec> automation = Manifests.of(Manifests.AUTOMATION)
                .cache()
                .all(Kinds.IMAGE_UPDATE_AUTOMATION)
                .getFirst();
        Instant now = Instant.parse("2026-11-28T04:11:14.604701853Z");

        var status = AutomationStatus.notPlanned(
                        automation, new PlanOutcome.Failed("SourceNotReady", "it is away"), now)
                .after(Optional.empty());

        assertThat(status.lastAutomationRunTime()).isEqualTo("2026-11-28T04:11:14Z");
    }
}

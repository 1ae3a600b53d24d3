package dev.tidemark.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.delivery.DeliveryListener.Result;
import dev.tidemark.flux.delivery.FailingAlert;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotificationLinesTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final ResourceId ALERT = new ResourceId("Alert", "apps", "on-call");

    private final List<String> log = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final NotificationLines lines = new NotificationLines(
            (level, line) -> log.add(level + " " + line),
            (type, result) -> counted.add(type + ' ' + result),
            Clock.fixed(NOW, ZoneOffset.UTC));

    private static FailingAlert failing() {
        return new FailingAlert(ALERT, NOW, "InvalidConfig", "there is no Provider", 3);
    }

    @Test
    void anAlertIsFoundByItsNameAsAnyObjectIs() {
        lines.fails(failing());
        lines.works(failing());
        lines.became(ALERT, "ImagePolicy/apps/web", "slack", Result.DELIVERED);
        lines.became(ALERT, "ImagePolicy/apps/web", "slack", Result.FAILED);

        assertThat(log)
                .containsExactly(
                        "WARNING event=failing resource=Alert/apps/on-call reason=\"InvalidConfig: there is no Provider\"",
                        "INFO event=failure-ended resource=Alert/apps/on-call"
                                + " reason=\"InvalidConfig: there is no Provider\" count=3 since=2026-11-28T10:00:00Z",
                        "DEBUG event=notified resource=Alert/apps/on-call objects=ImagePolicy/apps/web");
        assertThat(counted).containsExactly("slack DELIVERED", "slack FAILED");
    }

    @Test
    void aFloodIsALine() {
        lines.overflows();
        lines.overflows();

        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("WARNING event=notifications-lost reason=\"more happens than can be compared");
    }
}

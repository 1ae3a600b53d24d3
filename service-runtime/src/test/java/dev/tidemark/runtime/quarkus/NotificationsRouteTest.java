package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.delivery.FailingAlert;
import dev.tidemark.flux.delivery.ServedAlert;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotificationsRouteTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    /** The command line of another version reads it. */
    @Test
    void saysWhichAlertsAreServedAndWhichAreNot() {
        ResourceId alert = new ResourceId("Alert", "apps", "on-call");

        assertThat(NotificationsRoute.answer(
                                List.of(new FailingAlert(alert, NOW, "InvalidConfig", "no Provider", 3)),
                                List.of(new ServedAlert(alert, NOW)))
                        .encode())
                .isEqualTo(
                        "{\"failing\":[{\"namespace\":\"apps\",\"name\":\"on-call\",\"since\":\"2026-11-28T10:00:00Z\","
                                + "\"reason\":\"InvalidConfig\",\"message\":\"no Provider\",\"times\":3}],"
                                + "\"served\":[{\"namespace\":\"apps\",\"name\":\"on-call\",\"at\":\"2026-11-28T10:00:00Z\"}]}");
    }
}

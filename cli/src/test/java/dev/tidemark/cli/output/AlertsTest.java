package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.view.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private static final Tree ALERT = Tree.parse("{kind: Alert, metadata: {name: on-call, namespace: apps}}");

    private static Tree failing(String name, String since) {
        return Tree.parse(
                "{failing: [{namespace: apps, name: %s, since: '%s', reason: InvalidConfig, message: no Provider}]}"
                        .formatted(name, since));
    }

    private static Tree served(String at) {
        return Tree.parse("{served: [{namespace: apps, name: on-call, at: '%s'}]}".formatted(at));
    }

    private static String shown(Tree... answers) {
        Tree ready = ObjectHealth.ready(Alerts.of(List.of(answers)).shown(ALERT));
        return ready.text("status") + ' ' + ready.text("reason") + ": " + ready.text("message");
    }

    @Test
    void whatOneServiceCannotTellIsNotMadeGoodByAnother() {
        Alerts alerts = Alerts.of(List.of(
                failing("on-call", "2026-11-28T10:05:00Z"),
                failing("on-call", "2026-11-28T10:00:00Z"),
                failing("a", "2026-11-28T10:07:00Z"),
                served("2026-11-28T10:06:00Z")));

        assertThat(alerts.lines())
                .containsExactly(
                        "Alert apps/a is not served since 2026-11-28T10:07:00Z: no Provider (InvalidConfig)",
                        "Alert apps/on-call is not served since 2026-11-28T10:00:00Z: no Provider (InvalidConfig)");
        Tree ready = ObjectHealth.ready(alerts.shown(ALERT));
        assertThat(ready.text("status")).isEqualTo("False");
        assertThat(ready.text("lastTransitionTime")).isEqualTo("2026-11-28T10:00:00Z");
    }

    @Test
    void isReadyWhenAnEventWasTold() {
        assertThat(shown(served("2026-11-28T10:00:00Z"), served("2026-11-28T10:06:00Z")))
                .isEqualTo("True Succeeded: an event was told at 2026-11-28T10:06:00Z");
        assertThat(shown()).isEqualTo("Unknown Unknown: no event was told since the services started");
    }

    @Test
    void isOfAlertsOnly() {
        Tree policy = Tree.parse("{kind: ImagePolicy, metadata: {name: on-call, namespace: apps}}");

        assertThat(Alerts.of(List.of(failing("on-call", "2026-11-28T10:00:00Z")))
                        .shown(policy))
                .isEqualTo(policy);
    }
}

package dev.tidemark.flux.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tidemark.flux.FluxJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which status is written at once. */
class AwaitedTest {

    private final JsonNode before = status(Map.of());

    private static JsonNode status(Map<String, ?> other) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "conditions",
                List.of(condition("True", "found 2 tags", 1)),
                "observedGeneration",
                1,
                "lastHandledReconcileAt",
                "one",
                "lastScanResult",
                Map.of("tagCount", 2)));
        all.putAll(other);
        return FluxJson.json().valueToTree(all);
    }

    private static Map<String, Object> condition(String status, String message, int generation) {
        return Map.of(
                "type", "Ready",
                "status", status,
                "reason", "Any",
                "message", message,
                "observedGeneration", generation);
    }

    private boolean isAwaited(Map<String, ?> other) {
        return Awaited.between(before, status(other));
    }

    @Test
    void theFirstOne() {
        assertThat(Awaited.between(MissingNode.getInstance(), before)).isTrue();
        assertThat(Awaited.between(FluxJson.json().nullNode(), before)).isTrue();
    }

    @Test
    void oneThatAnswers() {
        assertThat(isAwaited(Map.of("lastHandledReconcileAt", "two"))).isTrue();
        assertThat(isAwaited(Map.of("observedGeneration", 2))).isTrue();
        assertThat(isAwaited(Map.of("conditions", List.of(condition("True", "found 2 tags", 2)))))
                .isTrue();
    }

    @Test
    void anotherReadiness() {
        assertThat(isAwaited(Map.of("conditions", List.of(condition("False", "away", 1)))))
                .isTrue();
        assertThat(isAwaited(Map.of("conditions", List.of()))).isTrue();
    }

    @Test
    void whatNobodyCouldWorkOutAgain() {
        assertThat(isAwaited(Map.of("lastPushCommit", "c1"))).isTrue();
        assertThat(isAwaited(Map.of("lastAppliedRevision", "sha256:1"))).isTrue();
        assertThat(isAwaited(Map.of("inventory", Map.of("entries", List.of())))).isTrue();
    }

    @Test
    void allElseCanWait() {
        assertThat(isAwaited(Map.of())).isFalse();
        assertThat(isAwaited(Map.of("lastScanResult", Map.of("tagCount", 3)))).isFalse();
        assertThat(isAwaited(Map.of("conditions", List.of(condition("True", "found 3 tags", 1)))))
                .isFalse();
    }
}

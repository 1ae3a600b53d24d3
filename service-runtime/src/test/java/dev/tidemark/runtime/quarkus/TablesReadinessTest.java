package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.log.TableHealth;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class TablesReadinessTest {

    private static final TableHealth FOLLOWING = new TableHealth.Following();
    private static final TableHealth FAILING =
            new TableHealth.Failing("the broker is away", Instant.parse("2026-11-26T12:00:00Z"));

    @Test
    void aServiceIsReadyWhileAllItsTablesFollow() {
        assertThat(new TablesReadiness(Map::of, Map::of).call().getStatus()).isEqualTo(Status.UP);
        assertThat(new TablesReadiness(() -> Map.of("a", FOLLOWING), Map::of)
                        .call()
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void oneThatFailsSaysWhyAndSinceWhen() {
        var answer = new TablesReadiness(() -> Map.of("a", FOLLOWING, "b", FAILING), Map::of).call();

        assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
        assertThat(answer.getData().orElseThrow())
                .containsEntry("a", "following")
                .containsEntry("b", "failing since 2026-11-26T12:00:00Z: the broker is away");
    }

    @Test
    void whatOnlyANewerTidemarkKnowsIsShownAndNoFault() {
        var answer =
                new TablesReadiness(Map::of, () -> Map.of("tag-selected: dev.tidemark.tag-selected.v2", 12L)).call();

        assertThat(answer.getStatus()).isEqualTo(Status.UP);
        assertThat(answer.getData().orElseThrow())
                .containsEntry("of a newer Tidemark: tag-selected: dev.tidemark.tag-selected.v2", 12L);
    }
}

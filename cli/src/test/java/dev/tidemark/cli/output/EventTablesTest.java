package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.ResourceEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events as kubectl prints them. */
class EventTablesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<ResourceEvent> EVENTS = List.of(
            new ResourceEvent(
                    new ResourceId("ImageRepository", "apps", "web"),
                    new ObjectEvent(
                            "Warning",
                            "ReadOperationFailed",
                            "scan failed: 503",
                            "registry-watcher",
                            3,
                            NOW.minusSeconds(301),
                            NOW.minusSeconds(2))),
            new ResourceEvent(
                    new ResourceId("ImageUpdateAutomation", "apps", "auto"),
                    new ObjectEvent(
                            "Normal",
                            "Succeeded",
                            "pushed commit 'abcdef1' to branch 'main'\nchore: update web\n",
                            "git-committer",
                            1,
                            NOW,
                            NOW)));

    @Test
    void standBelowADescription() {
        assertThat(EventTables.below(EVENTS, NOW)).isEqualTo("""
                Events:
                  Type      Reason                Age                 From               Message
                  ----      ------                ----                ----               -------
                  Warning   ReadOperationFailed   2s (x3 over 5m1s)   registry-watcher   scan failed: 503
                  Normal    Succeeded             0s                  git-committer      pushed commit 'abcdef1' to branch 'main' chore: update web
                """);
        assertThat(EventTables.below(List.of(), NOW)).isEqualTo("Events:  <none>\n");
    }

    @Test
    void areAListOfTheirOwn() {
        assertThat(EventTables.list(EVENTS, true, NOW)).isEqualTo("""
                NAMESPACE   LAST SEEN           TYPE      REASON                OBJECT                       MESSAGE
                apps        2s (x3 over 5m1s)   Warning   ReadOperationFailed   ImageRepository/web          scan failed: 503
                apps        0s                  Normal    Succeeded             ImageUpdateAutomation/auto   pushed commit 'abcdef1' to branch 'main' chore: update web
                """);
    }
}

package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.demo.Effects.Landed;
import dev.tidemark.demo.Effects.Rendered;
import dev.tidemark.demo.Fleet;
import dev.tidemark.demo.Pusher;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What scripts read: one JSON document, whose members keep their names and their order. */
class DemoReportTest {

    private static final long ACKNOWLEDGED = 1_000_000_000L;
    private static final Landed<Fleet.Commit> COMMIT = new Landed<>(
            new Fleet.Commit(
                    "77638890123456789012345678901234567890ab",
                    "staging-image-updates",
                    "fluxcdbot <fluxcdbot@users.noreply.github.com>",
                    "chore: update ghcr.io/my-org/my-app:1.4.2",
                    "ghcr.io/my-org/my-app:1.4.2",
                    "clusters/staging/my-app.yaml",
                    List.of("-  image: a", "+  image: b")),
            ACKNOWLEDGED + 809_900_000L);
    private static final Landed<Rendered> RENDERED = new Landed<>(
            new Rendered("1.4.2", Path.of("state/objects/flux-system/Kustomization/my-app.yaml")),
            ACKNOWLEDGED + 484_000_000L);

    @Test
    void theDocumentHasTheMembersThatScriptsRead() {
        assertThat(report(Optional.of(COMMIT), Optional.of(RENDERED)).json())
                .isEqualTo("""
                {
                    "gitBased": {
                        "repository": "state/demo/fleet.git",
                        "branch": "staging-image-updates",
                        "commit": "77638890123456789012345678901234567890ab",
                        "message": "chore: update ghcr.io/my-org/my-app:1.4.2",
                        "image": "ghcr.io/my-org/my-app:1.4.2"
                    },
                    "gitless": {
                        "kustomization": "flux-system/my-app",
                        "appImageTag": "1.4.2",
                        "file": "state/objects/flux-system/Kustomization/my-app.yaml"
                    },
                    "latency": {
                        "pushToCommitMillis": 809,
                        "pushToKustomizationMillis": 484
                    },
                    "version": "VERSION"
                }""".replace("VERSION", Version.text()));
    }

    @Test
    void theWordsSayWhatDidNotCome() {
        assertThat(report(Optional.empty(), Optional.empty()).words())
                .contains("Git-based: no commit came.", "Gitless: the Kustomization did not change.");
    }

    private static DemoReport report(Optional<Landed<Fleet.Commit>> commit, Optional<Landed<Rendered>> rendered) {
        return new DemoReport(
                new Pusher.Outcome("1.4.2", ACKNOWLEDGED, commit, rendered), Path.of("state/demo/fleet.git"));
    }
}

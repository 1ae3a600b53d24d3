package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain commit}, with an evaluator that answers what it is told to. */
class ExplainCommitTest {

    private static final String STORY = """
            {"commit": "8f14e45fceea167a5a36dedd4bea2543b14a0a5d", "branch": "git.example/org/fleet#main",
             "automation": "flux-system/fleet", "message": "chore: update\\n\\nmore", "recordedAt": "2026-11-22T09:30:00.120Z",
             "changes": [{"file": "apps.yaml", "oldValue": "my-app:1.4.1", "newValue": "my-app:1.4.2", "setter": "s"}],
             "images": [], "total": {"files": 3, "changes": 200, "images": 2},
             "origins": [
              {"target": "local/ImagePolicy/flux-system/my-app", "sequence": 2, "image": "ghcr.io/my-org/my-app",
               "tags": [{"tag": "1.4.2", "digest": "sha256:abc"}], "previous": [{"tag": "1.4.1"}],
               "why": "resolved to 1.4.2", "reason": "Succeeded", "trigger": "TAG",
               "discovery": {"way": "WEBHOOK", "receiver": "flux-system/hook", "by": "registry-watcher",
                             "at": "2026-11-22T09:30:00.009Z"},
               "steps": [{"stage": "NOTIFIED", "at": "2026-11-22T09:30:00.001Z"},
                         {"stage": "DISCOVERED", "at": "2026-11-22T09:30:00.009Z"},
                         {"stage": "PUSHED", "at": "2026-11-22T09:30:00.120Z"}]},
              {"target": "local/ImagePolicy/flux-system/other", "sequence": 1, "image": "ghcr.io/my-org/other",
               "tags": [{"tag": "7.0.0"}], "previous": [], "why": null, "discovery": null, "steps": []}],
             "forgotten": ["local/ImagePolicy/flux-system/gone"]}
            """;

    private final Path state;
    private final FakeEvaluator evaluator;

    ExplainCommitTest(@TempDir Path folder) throws IOException {
        state = folder.resolve("state");
        evaluator = FakeEvaluator.of(state);
    }

    @AfterEach
    void stop() {
        evaluator.close();
    }

    @Test
    void tellsWhatTheCommitWasMadeFrom() {
        evaluator.answers(200, STORY);

        Ran ran = Ran.on(state, "explain commit 8f14e45");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("""
                Commit 8f14e45fceea167a5a36dedd4bea2543b14a0a5d on git.example/org/fleet#main
                  automation   ImageUpdateAutomation flux-system/fleet
                  message      chore: update
                  changed      apps.yaml: my-app:1.4.1 → my-app:1.4.2
                  in all       200 changes: Git has them

                ImagePolicy flux-system/my-app: ghcr.io/my-org/my-app 1.4.1 → 1.4.2@sha256:abc
                  why          resolved to 1.4.2 (Succeeded)
                  discovered   by a webhook to Receiver flux-system/hook, by registry-watcher at 2026-11-22T09:30:00.009Z
                  2026-11-22T09:30:00.001Z   webhook received
                  2026-11-22T09:30:00.009Z   tag discovered     +8 ms
                  2026-11-22T09:30:00.120Z   commit pushed      +111 ms

                ImagePolicy flux-system/other: ghcr.io/my-org/other 7.0.0
                  why          the log does not have the decision any more
                  discovered   before: it was not the registry that made the policy decide

                ImagePolicy flux-system/gone: the log does not have its selection any more
                """);
        assertThat(evaluator.asked()).containsExactly("/policy-evaluator/commits/8f14e45 Bearer s3cret");
    }

    @Test
    void saysWhatTheServiceSaysOfOneThatItDoesNotKnow() {
        evaluator.answers(409, "{\"error\": \"8f14 is the beginning of several commits\"}");

        Ran ran = Ran.on(state, "explain commit 8f14");

        assertThat(ran.err()).isEqualTo("tidemark: 8f14 is the beginning of several commits.\n");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void takesOneCommit() {
        assertThat(Ran.on(state, "explain commit 8f14 1.4.2").err())
                .isEqualTo("tidemark: '1.4.2' is too much: write ./tidemark explain commit 8f14.\n");
        assertThat(evaluator.asked()).isEmpty();
    }
}

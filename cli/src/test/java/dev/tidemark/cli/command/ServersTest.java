package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that ask each of several services at its address. */
class ServersTest {

    private final Path folder;

    ServersTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static String address(FakeEvaluator service) {
        return "http://localhost:" + service.port();
    }

    @Test
    void checkAndVersionAskEachOne() throws IOException {
        try (FakeEvaluator one = FakeEvaluator.of(folder);
                FakeEvaluator other = FakeEvaluator.of(folder)) {
            one.answers(200, "{\"service\": \"tidemark-git-committer\", \"version\": \"9.8\"}");
            other.answers(200, "{\"service\": \"tidemark-registry-watcher\", \"version\": \"9.8\"}");
            String both = address(one) + ',' + address(other);
            String ready = "tidemark-git-committer 9.8 at " + address(one) + " is ready.\n"
                    + "tidemark-registry-watcher 9.8 at " + address(other) + " is ready.\n";

            assertThat(Ran.command("check", "--server", both))
                    .isEqualTo(new Ran(0, ready + "All checks passed.\n", ""));
            assertThat(Ran.command("version", "--server", both).out()).endsWith("\n" + ready);

            other.answers(503, "{}");
            Ran notReady = Ran.command("check", "--server", both);
            assertThat(notReady.out())
                    .endsWith("The service at " + address(other) + " is NOT READY: its log may say why.\n");
            assertThat(notReady.code()).isEqualTo(1);
        }
    }

    /** The first one answers for all of what nobody else knows; that it is ready says nothing of the others. */
    @Test
    void theStatusIsWellWhereAllAreReady() throws IOException {
        Path state = folder.resolve("state");
        KnownState.in(state);
        try (FakeEvaluator one = FakeEvaluator.of(folder);
                FakeEvaluator other = FakeEvaluator.of(folder)) {
            one.answers(200, "{\"service\": \"tidemark-policy-evaluator\", \"version\": \"9.8\", \"halted\": false}");
            other.answers(200, "{\"service\": \"tidemark-git-committer\", \"version\": \"9.8\"}");
            String status = "status --server " + address(one) + ',' + address(other);

            assertThat(Ran.on(state, status).out())
                    .startsWith("tidemark-policy-evaluator 9.8 at " + address(one) + " is ready.\n"
                            + "tidemark-git-committer 9.8 at " + address(other) + " is ready.\n");
            assertThat(alive(state, status)).isEqualTo("true");

            other.answers(503, "{}");
            assertThat(Ran.on(state, status).out()).contains(address(other) + " is NOT READY: its log may say why.\n");
            assertThat(alive(state, status)).isEqualTo("false");
        }
    }

    private static String alive(Path state, String status) {
        return Tree.parse(Ran.on(state, status + " -o json").out()).text("alive");
    }

    @Test
    void aLevelIsChangedAtEachOne() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
        try (FakeEvaluator one = FakeEvaluator.of(folder);
                FakeEvaluator other = FakeEvaluator.of(folder);
                FakeEvaluator refusing = FakeEvaluator.of(folder)) {
            one.answers(200, "{\"a.b\": \"DEBUG\"}");
            other.answers(200, "{\"a.b\": \"DEBUG\"}");
            refusing.refuses(401, "needs a token");

            Ran ran = Ran.command(
                    "log-level",
                    "a.b",
                    "DEBUG",
                    "--server",
                    address(one) + ',' + address(refusing) + ',' + address(other),
                    "--token-file",
                    token.toString());

            assertThat(ran.out())
                    .isEqualTo(
                            "[localhost:" + one.port() + "] a.b DEBUG\n[localhost:" + other.port() + "] a.b DEBUG\n");
            assertThat(ran.err()).isEqualTo("localhost:" + refusing.port() + ": needs a token.\n");
            assertThat(ran.code()).isEqualTo(1);
            assertThat(other.asked()).containsExactly("/log-levels/a.b Bearer s3cret", "/log-levels Bearer s3cret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logs",
                "explain imagepolicy a",
                "why-not imagepolicy a 1.0",
                "explain commit 1a2b3c4",
                "log-level",
                "halt --show",
                "dead-letters"
            })
    void whatAnswersAndIsNoTidemarkIsSaidToBeNone(String command) throws IOException {
        try (FakeEvaluator other = FakeEvaluator.of(folder)) {
            other.isNoTidemark();

            Ran ran = Ran.command((command + " --server " + address(other)).split(" "));

            assertThat(ran.err()).contains("what answers at " + address(other) + " is no Tidemark: name the");
            assertThat(ran.code()).isEqualTo(1);
        }
    }
}

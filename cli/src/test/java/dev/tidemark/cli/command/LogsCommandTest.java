package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of services that are asked at their addresses. */
class LogsCommandTest {

    private static final String POLICY =
            "2026-01-02T03:04:05Z 2026-01-02 03:04:05,000 INFO event=tag-selected resource=ImagePolicy/apps/a\n";

    private final Path folder;

    LogsCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static String address(FakeEvaluator service) {
        return "http://localhost:" + service.port();
    }

    @Test
    void ofOneServiceIsShownAsItIsWritten() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
        try (FakeEvaluator service = FakeEvaluator.of(folder)) {
            service.answers(200, "2026-01-02T03:04:05.5Z one\n2026-01-02T03:04:06Z two\n");

            assertThat(Ran.command(
                            "logs", "--tail", "1", "--server", address(service), "--token-file", token.toString()))
                    .isEqualTo(new Ran(0, "two\n", ""));
            assertThat(service.asked()).containsExactly("/logs?tail=1&follow=false Bearer s3cret");
        }
    }

    @Test
    void ofSeveralIsOneAndAnObjectsLinesAreFoundInIt() throws IOException {
        try (FakeEvaluator one = FakeEvaluator.of(folder);
                FakeEvaluator other = FakeEvaluator.of(folder)) {
            one.answers(200, POLICY + POLICY.replace(":05", ":07").replace("apps/a", "apps/b"));
            other.answers(200, POLICY.replace(":05", ":06").replace("tag-selected", "committed"));

            String out = Ran.command(
                            "logs",
                            "--object",
                            "imgpol/a",
                            "-n",
                            "apps",
                            "--server",
                            address(one) + ',' + address(other))
                    .out();

            assertThat(out.lines().map(line -> line.replaceAll("\\[localhost:(\\d+)].*event=(\\S+).*", "$1 $2")))
                    .containsExactly(one.port() + " tag-selected", other.port() + " committed");
        }
    }

    @Test
    void oneThatDoesNotAnswerOrRefusesIsNamed() throws IOException {
        int gone;
        try (FakeEvaluator service = FakeEvaluator.of(folder)) {
            gone = service.port();
            service.refuses(401, "needs a token");

            assertThat(Ran.command("logs", "--server", address(service)).err()).contains("needs a token");
        }
        assertThat(Ran.command("logs", "--server", "http://localhost:" + gone).err())
                .contains("the services at http://localhost:" + gone + " do not answer");
        assertThat(Ran.command("logs", "--server", "localhost").err()).contains("write --server http://HOST:PORT");
    }

    /** As flux has them. */
    @Test
    void isFilteredByLevelKindNamespaceAndName() throws IOException {
        try (FakeEvaluator service = FakeEvaluator.of(folder)) {
            service.answers(
                    200,
                    POLICY
                            + POLICY.replace("INFO", "ERROR").replace("selected", "refused")
                            + POLICY.replace("apps/a", "shop/b").replace("selected", "other"));

            assertThat(events(service, "--level", "error")).containsExactly("tag-refused");
            assertThat(events(service, "--level=info", "--kind=imgpol", "--name", "b"))
                    .containsExactly("tag-other");
            assertThat(events(service, "-n", "apps")).containsExactly("tag-selected", "tag-refused");
            assertThat(events(service, "-n", "apps", "-A")).hasSize(3);
            assertThat(events(service, "--kind", "receiver")).isEmpty();
            assertThat(events(service)).hasSize(3);
            assertThat(Ran.command("logs", "--level", "loud", "--server", address(service))
                            .err())
                    .isEqualTo("tidemark: 'loud' is no level: use error, warn, info or debug.\n");
        }
    }

    private static List<String> events(FakeEvaluator service, String... options) {
        return Ran.command(Stream.concat(Stream.of("logs", "--server", address(service)), Stream.of(options))
                        .toArray(String[]::new))
                .out()
                .lines()
                .map(line -> line.replaceAll(".*event=(\\S+).*", "$1"))
                .toList();
    }
}

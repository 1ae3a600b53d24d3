package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.tree.Tree;
import dev.tidemark.cli.tree.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person runs it: processes, a real Git repository, files. */
class DemoST {

    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));

    /** Starting takes seconds on an idle machine; the machine that tests is not idle. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path folder;
    private final Path state;
    private final List<Process> started = new ArrayList<>();

    DemoST(@TempDir Path folder) {
        this.folder = folder;
        this.state = folder.resolve("state folder");
    }

    private record Finished(int code, String out, String err) {}

    @AfterEach
    void leaveNothingBehind() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void bothModelsWorkAndCanBeChecked() throws Exception {
        Finished demo = run("demo", "--once", "--json", "--state", state.toString());

        assertThat(demo.code()).as(demo.err()).isZero();
        Tree json = Yaml.documents(demo.out()).getFirst();
        assertThat(json.text("gitBased", "repository")).startsWith(state.toString());
        assertThat(json.text("gitBased", "branch")).isEqualTo("staging-image-updates");
        assertThat(json.text("gitBased", "message")).isEqualTo("chore: update ghcr.io/my-org/my-app:1.4.2");
        assertThat(json.text("gitBased", "image")).isEqualTo("ghcr.io/my-org/my-app:1.4.2");
        assertThat(json.text("gitless", "kustomization")).isEqualTo("flux-system/my-app");
        assertThat(json.text("gitless", "appImageTag")).isEqualTo("1.4.2");
        assertThat(Long.parseLong(json.text("latency", "pushToCommitMillis"))).isNotNegative();
        assertThat(Long.parseLong(json.text("latency", "pushToKustomizationMillis")))
                .isNotNegative();
        assertThat(json.text("version")).isNotEmpty();
        assertThat(git(json, "log", "-1", "--format=%an <%ae>", json.text("gitBased", "branch")))
                .isEqualTo("fluxcdbot <fluxcdbot@users.noreply.github.com>\n");
        assertThat(git(json, "diff", "--unified=0", "main", json.text("gitBased", "commit"))
                        .lines())
                .filteredOn(line -> line.matches("[+-] .*"))
                .containsExactly(
                        "-          image: ghcr.io/my-org/my-app:1.0.0  # {\"$imagepolicy\": \"flux-system:my-app\"}",
                        "+          image: ghcr.io/my-org/my-app:1.4.2  # {\"$imagepolicy\": \"flux-system:my-app\"}");
        Tree kustomization = Yaml.documents(Files.readString(Path.of(json.text("gitless", "file"))))
                .getFirst();
        assertThat(kustomization.find("spec", "postBuild", "substitute", "APP_IMAGE_TAG"))
                .isEqualTo("1.4.2");
    }

    @Test
    void staysTakesPushesAndEndsWithAnInterrupt() throws Exception {
        Process demo = start("demo", "--state", state.toString());
        awaitOutput(demo, "Ctrl-C ends the demo");
        List<ProcessHandle> services = demo.descendants().toList();
        String shown = text(demo, "out");

        Finished push = run("push", "my-app:1.5.0", "--wait", "60", "--state", state.toString());
        Finished image = run(
                "get",
                "imagepolicy",
                "my-app",
                "-n",
                "flux-system",
                "-o",
                "jsonpath={.status.latestImage}",
                "--state",
                state.toString());
        Finished kustomizations = run(
                "get", "kustomization", "-l", "resourceset.fluxcd.io/name=my-app", "-A", "--state", state.toString());
        interrupt(demo);

        assertThat(ReadmeTranscript.normalised(shown, state.toString())).isEqualTo(ReadmeTranscript.inReadme(ROOT));
        assertThat(push.out()).contains("chore: update ghcr.io/my-org/my-app:1.5.0", "APP_IMAGE_TAG: 1.5.0");
        assertThat(image.out()).isEqualTo("ghcr.io/my-org/my-app:1.5.0");
        assertThat(kustomizations.out()).contains("flux-system   my-app");
        assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isIn(0, 130);
        assertThat(services).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(text(demo, "err")).doesNotContain("tidemark:", "Exception");
    }

    @Test
    void aKilledDemoLeavesAFolderThatWorks() throws Exception {
        Process demo = start("demo", "--state", state.toString());
        awaitOutput(demo, "Ctrl-C ends the demo");
        demo.destroyForcibly().waitFor();

        Finished again = run("demo", "--once", "--json", "--state", state.toString());

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Yaml.documents(again.out()).getFirst().text("gitBased", "image"))
                .isEqualTo("ghcr.io/my-org/my-app:1.4.3");
    }

    private Finished run(String... arguments) throws Exception {
        Process process = start(arguments);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Finished(process.exitValue(), text(process, "out"), text(process, "err"));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // A build in the background ignores interrupts, and its children would too.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dtidemark.home=" + ROOT,
                "-jar",
                ROOT.resolve("cli/target/tidemark-cli.jar").toString()));
        command.addAll(List.of(arguments));
        int number = started.size();
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(number + ".out").toFile())
                .redirectError(folder.resolve(number + ".err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private String text(Process process, String stream) throws IOException {
        return Files.readString(folder.resolve(started.indexOf(process) + "." + stream));
    }

    private void awaitOutput(Process process, String text) {
        Awaitility.await().atMost(LIMIT).until(() -> {
            assertThat(process.isAlive()).as(text(process, "err")).isTrue();
            return text(process, "out").contains(text);
        });
    }

    private static void interrupt(Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String git(Tree json, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "--git-dir", json.text("gitBased", "repository")));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(output).isZero();
        return output;
    }
}

package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.Commands.Finished;
import dev.tidemark.flux.view.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person runs it: processes, a real Git repository, files. */
class DemoST {

    private final Commands commands;

    DemoST(@TempDir Path folder) {
        this.commands = new Commands(folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        commands.close();
    }

    @Test
    void bothModelsWorkAndCanBeChecked() throws Exception {
        Finished demo = commands.run("demo", "--once", "--json");

        assertThat(demo.code()).as(demo.err()).isZero();
        Tree json = Tree.parse(demo.out());
        assertThat(json.text("gitBased", "repository"))
                .startsWith(commands.state().toString());
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
        Tree kustomization = Tree.parse(Files.readString(Path.of(json.text("gitless", "file"))));
        assertThat(kustomization.find("spec", "postBuild", "substitute", "APP_IMAGE_TAG"))
                .isEqualTo("1.4.2");
    }

    @Test
    void staysTakesPushesAndEndsWithAnInterrupt() throws Exception {
        Process demo = commands.start("demo");
        commands.awaitOutput(demo, "Ctrl-C ends the demo");
        List<ProcessHandle> services = demo.descendants().toList();

        Finished push = commands.run("push", "my-app:1.5.0", "--wait", "60");
        Finished image = commands.run(
                "get", "imagepolicy", "my-app", "-n", "flux-system", "-o", "jsonpath={.status.latestImage}");
        Finished kustomizations = commands.run("get", "kustomization", "-l", "resourceset.fluxcd.io/name=my-app", "-A");
        Commands.interrupt(demo);

        assertThat(push.out()).contains("chore: update ghcr.io/my-org/my-app:1.5.0", "APP_IMAGE_TAG: 1.5.0");
        assertThat(image.out()).isEqualTo("ghcr.io/my-org/my-app:1.5.0");
        assertThat(kustomizations.out()).contains("flux-system   my-app");
        assertThat(demo.waitFor(Commands.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isIn(0, 130);
        assertThat(services).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(commands.text(demo, "err")).doesNotContain("tidemark:", "Exception");
    }

    @Test
    void aKilledDemoLeavesAFolderThatWorks() throws Exception {
        Process demo = commands.start("demo");
        commands.awaitOutput(demo, "Ctrl-C ends the demo");
        demo.destroyForcibly().waitFor();

        Finished again = commands.run("demo", "--once", "--json");

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Tree.parse(again.out()).text("gitBased", "image")).isEqualTo("ghcr.io/my-org/my-app:1.4.3");
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

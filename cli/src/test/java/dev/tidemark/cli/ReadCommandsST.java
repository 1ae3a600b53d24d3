package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.cli.Commands.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read, at a demo that runs: watching, describing, events, asking for a run, and what waits. */
class ReadCommandsST {

    private static final Pattern PUSHED =
            Pattern.compile("pushed commit '([0-9a-f]{7})' to branch 'staging-image-updates' .*my-app:1.5.0");

    private final Path folder;
    private final Commands commands;
    private final Process demo;

    ReadCommandsST(@TempDir Path folder) throws Exception {
        this.folder = folder;
        commands = new Commands(folder);
        demo = commands.start("demo");
        commands.awaitOutput(demo, "Ctrl-C ends the demo");
    }

    @AfterEach
    void leaveNothingBehind() {
        commands.close();
    }

    @Test
    void aWatchShowsAPushAndTheEventsSayWhatCameOfIt() throws Exception {
        Process watch = commands.start("get", "imagepolicy", "my-app", "--watch");
        commands.awaitOutput(watch, "1.4.2");

        commands.run("push", "my-app:1.5.0", "--wait", "60");

        commands.awaitOutput(watch, "resolved to 1.5.0");
        assertThat(commands.text(watch, "out").lines().filter(line -> line.startsWith("NAME ")))
                .hasSize(1);
        assertThat(commands.run("events", "--for", "imagepolicy/my-app").out())
                .containsPattern("Normal +Succeeded +ImagePolicy/my-app +Latest image tag for .* resolved to 1.5.0");
        assertThat(commands.run("events", "-A").out())
                .containsPattern("Normal +Succeeded +ImageUpdateAutomation/flux-system +pushed commit '[0-9a-f]{7}' to"
                        + " branch 'staging-image-updates' chore: update ghcr.io/my-org/my-app:1.5.0");
        await().atMost(Commands.LIMIT).untilAsserted(() -> assertThat(
                        commands.run("describe", "rsip", "app-image-tag").out())
                .containsPattern("Interval: +5m")
                .containsPattern("Last Poll Time: +20")
                .containsPattern("Next Poll Time: +20")
                .containsPattern("Digest: +sha256:[0-9a-f]{64}\n +Id: +\\d+\n +Tag: +1.5.0")
                .containsPattern("Normal +ReconciliationSucceeded .*gitless-renderer"));
        assertThat(commands.run("get", "imagerepository").out()).containsPattern(" AGE\n.* \\d+[sm].*\n");
        assertThat(commands.run("get", "kustomization").out()).containsPattern("\nmy-app .* \\d+[sm]");
    }

    /** From the commit that Git shows to the webhook that began it. */
    @Test
    void aCommitLeadsToWhatItWasMadeFrom() throws Exception {
        commands.run("push", "my-app:1.5.0", "--wait", "60");
        await().atMost(Commands.LIMIT)
                .untilAsserted(
                        () -> assertThat(commands.run("events", "-A").out()).containsPattern(PUSHED));
        Matcher pushed = PUSHED.matcher(commands.run("events", "-A").out());
        assertThat(pushed.find()).isTrue();
        String id = pushed.group(1);

        Finished explained = commands.run("explain", "commit", id);

        assertThat(explained.err()).isEmpty();
        assertThat(explained.out())
                .containsPattern("^Commit " + id + "[0-9a-f]{33} on .*#staging-image-updates\n")
                .containsPattern("\n  automation +ImageUpdateAutomation flux-system/flux-system\n")
                .containsPattern("\n  changed +\\S+: .*my-app:1.4.2.* → .*my-app:1.5.0.*\n")
                .containsPattern("\nImagePolicy flux-system/my-app: ghcr.io/my-org/my-app 1.4.2.* → 1.5.0.*\n")
                .containsPattern("\n  why +Latest image tag for .* resolved to 1.5.0.* \\(Succeeded\\)\n")
                .containsPattern("\n  discovered +by a webhook to Receiver flux-system/my-app, by registry-watcher at ")
                .containsPattern("\n  20\\S+ +webhook received\n  20\\S+ +tag discovered +\\+\\d+ ms\n"
                        + "  20\\S+ +tag selected +\\+\\d+ ms\n  20\\S+ +commit pushed +\\+\\d+ ms\n$");
        assertThat(explained.code()).isZero();
        Finished unknown = commands.run("explain", "commit", "0000000");
        assertThat(unknown.err()).contains("the log has no commit 0000000", "git cat-file commit 0000000");
        assertThat(unknown.code()).isEqualTo(1);
    }

    @Test
    void everyKindAnswersARequestAlsoWhenNothingChangesAndTwice() throws Exception {
        for (String object : new String[] {
            "imagerepository/my-app",
            "imagepolicy/my-app",
            "imageupdateautomation/flux-system",
            "resourcesetinputprovider/app-image-tag",
            "resourceset/my-app",
            "receiver/my-app"
        }) {
            for (int time = 1; time <= 2; time++) {
                Finished reconcile = commands.run("reconcile", object);

                assertThat(reconcile.err()).as(object).doesNotContain("tidemark: ");
                assertThat(reconcile.code()).as(object).isZero();
            }
        }
        assertThat(commands.run("reconcile", "imagepolicy/my-app", "--with-source")
                        .out()
                        .lines()
                        .map(line -> line.replaceFirst(":.*", "")))
                .containsExactly("ImageRepository flux-system/my-app", "ImagePolicy flux-system/my-app");
        assertThat(commands.run("reconcile", "iua/flux-system", "--with-source").err())
                .contains("GitRepository flux-system/flux-system is fetched by each run");
        Process first = commands.start("reconcile", "imagepolicy/my-app");
        Process second = commands.start("reconcile", "imagepolicy/my-app");

        assertThat(first.waitFor()).as(commands.text(first, "err")).isZero();
        assertThat(second.waitFor()).as(commands.text(second, "err")).isZero();
    }

    @Test
    void theLogTellsOfAPushFromItsWebhookToItsCommit() throws Exception {
        commands.run("push", "my-app:1.5.0", "--wait", "60");

        await().atMost(Commands.LIMIT)
                .untilAsserted(() -> assertThat(commands.run("logs", "--object", "imagepolicy/my-app")
                                .out()
                                .lines()
                                .map(line -> line.replaceFirst(".*event=(\\S+) .*", "$1")))
                        .containsSubsequence("webhook-accepted", "tag-discovered", "tag-selected", "committed"));
        commands.run("suspend", "imagepolicy", "my-app");
        commands.run("halt", "--why", "a test", "--who", "somebody");
        await().atMost(Commands.LIMIT).untilAsserted(() -> assertThat(
                        commands.run("logs", "--tail", "1000").out())
                .contains("event=suspended resource=ImagePolicy/flux-system/my-app")
                .contains("event=halted who=somebody reason=\"a test\" correlation=")
                .contains(
                        "event=rendered resource=ResourceSet/flux-system/my-app objects=\"Kustomization/flux-system/my-app configured\"")
                .doesNotContain("[org.apache.kafka"));

        assertThat(commands.run("log-level", "dev.tidemark.committer", "debug").out())
                .isEqualTo("dev.tidemark.committer DEBUG\n");
        assertThat(commands.run("log-level", "dev.tidemark.committer", "loud").err())
                .contains("a level is one of ERROR, WARN, INFO, DEBUG");
        assertThat(commands.run("log-level", "dev.tidemark.committer", "--reset")
                        .out())
                .isEqualTo("All packages write what the settings have.\n");
    }

    @Test
    void whatIsHaltedWaitsAndSaysForWhat() throws Exception {
        commands.run("halt", "--why", "bad base image");
        commands.run("push", "my-app:1.5.0", "--wait", "1");

        await().atMost(Commands.LIMIT)
                .untilAsserted(() -> assertThat(commands.run("status").out())
                        .containsPattern("\nWaiting \\(\\d\\)\n")
                        .containsPattern(
                                "ImagePolicy flux-system/my-app +Latest image tag for .*; 1.5.0 waits: all updates are halted"
                                        + " \\(.*bad base image.*goes on \\(Halted; still on 1.4.2\\)")
                        .containsPattern("ResourceSetInputProvider flux-system/app-image-tag +.*the new list waits:"
                                + " all updates are halted \\(.*\\(Halted\\)"));
        commands.run("halt", "--lift", "--why", "it is fixed");

        await().atMost(Commands.LIMIT)
                .untilAsserted(() -> assertThat(commands.run("status").out()).doesNotContain("Waiting ("));
    }

    /** What the demo has done, asked while it runs, and after it has ended. */
    @Test
    void historyIsExportedAndDecidedAgainWithoutWhatRecordedIt() throws Exception {
        commands.run("push", "my-app:1.5.0", "--wait", "60");
        Path manifest = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: my-app, namespace: flux-system}
                spec:
                  imageRepositoryRef: {name: my-app}
                  policy: {semver: {range: "<1.5.0"}}
                """);
        String range = folder.resolve("range.jsonl").toString();

        Finished running = commands.run("replay", "--since", "1h");
        Finished export = commands.run("export", "--since", "1d", "-o", range);

        assertThat(running.err()).isEmpty();
        assertThat(running.out()).endsWith(": 0 differences\n");
        assertThat(export.err()).isEmpty();
        Commands.interrupt(demo);
        assertThat(demo.waitFor()).isNotNegative();

        Finished replay = commands.run("replay", range);
        Finished whatIf = commands.run("what-if", "-f", manifest.toString(), range);

        assertThat(replay.out()).matches("[1-9]\\d* decisions and [1-9]\\d* selections of local .*: 0 differences\n");
        assertThat(replay.code()).isZero();
        assertThat(whatIf.out())
                .startsWith("local/ImagePolicy/flux-system/my-app from ")
                .containsPattern("\n\\S+ +1.4.2 +1.5.0 +")
                .contains("\nAt the end it would select 1.4.2, selected is 1.5.0; ");
        assertThat(whatIf.code()).isEqualTo(1);
    }
}

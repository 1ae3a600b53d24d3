package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the status says, and in which order. */
class StatusCommandTest {

    private final Path state;

    StatusCommandTest(@TempDir Path folder) throws IOException {
        this.state = folder.resolve("state folder");
        KnownState.in(state);
    }

    private Ran run(String arguments) {
        return Ran.on(state, arguments);
    }

    @Test
    void statusSaysThatAHaltStopsEverythingBeforeAllElse() throws IOException {
        try (FakeEvaluator services = FakeEvaluator.of(state)) {
            services.answers(
                    200,
                    "{\"halted\": true, \"who\": \"ann\", \"at\": \"2026-11-28T10:00:00Z\", \"why\": \"bad image\"}");
            assertThat(run("status").out())
                    .startsWith(
                            "HALTED by ann at 2026-11-28T10:00:00Z: bad image: nothing new is selected until './tidemark"
                                    + " halt --lift'.\n\n");
            services.answers(200, "{\"halted\": false}");
            assertThat(run("status").out()).startsWith("Tidemark ");
        }
    }

    @Test
    void statusSaysWhatTakesItsTime() throws IOException {
        try (FakeEvaluator services = FakeEvaluator.of(state)) {
            services.answers(200, "{\"underWay\": [\"cloning https://git.example/fleet: 43 % of 120,000 objects\"]}");
            assertThat(run("status").out())
                    .contains("\nUnder way (1)\n  cloning https://git.example/fleet: 43 % of 120,000 objects\n");

            services.answers(200, "{\"underWay\": []}");
            assertThat(run("status").out()).doesNotContain("Under way");
        }
    }

    @Test
    void statusIsJsonAndAnExitCodeForPrograms() {
        Ran result = run("status -o json --exit-code");

        assertThat(result.code()).isEqualTo(1);
        Tree status = Tree.parse(result.out());
        assertThat(status.text("well")).isEqualTo("false");
        assertThat(status.trees("objects").getFirst().text("state")).isEqualTo("FAILING");
        assertThat(status.trees("objects"))
                .extracting(one -> one.text("state") + ' ' + one.text("kind"))
                .contains("READY ImagePolicy", "WAITING ImageUpdateAutomation");
        assertThat(run("status -o yaml").err()).contains("there is no output format 'yaml': use json, or none.");
    }

    /** Flux has one reason for both. */
    @Test
    void aFaultInTheMessageOfTheCommitIsNoneOfTheRepository() throws IOException {
        Path file = state.resolve("status/ImageUpdateAutomation/flux-system/flux-system.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: flux-system, namespace: flux-system}
                status:
                  conditions:
                    - {type: Ready, status: "False", reason: GitOperationFailed,
                       message: "failed to update source: failed to run template from spec",
                       lastTransitionTime: "2026-01-01T00:00:00Z"}
                """);

        assertThat(run("status").out()).contains("failed to run template").doesNotContain("see ImageUpdateAutomation");

        Files.writeString(
                file,
                Files.readString(file).replace("failed to run template from spec", "failed to push to remote: no"));

        assertThat(run("status").out()).contains("see ImageUpdateAutomation flux-system/flux-system");
    }

    @Test
    void statusSaysOfARepositoryThatItCannotBeUsed() throws IOException {
        Path file = state.resolve("status/ImageUpdateAutomation/flux-system/flux-system.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: flux-system, namespace: flux-system}
                status:
                  conditions:
                    - {type: Ready, status: "False", reason: GitOperationFailed, message: unable to clone,
                       lastTransitionTime: "2026-01-01T00:00:00Z"}
                """);

        assertThat(run("status").out())
                .containsPattern("\nFailing \\(3\\)\n")
                .containsPattern(
                        "ImageUpdateAutomation flux-system/flux-system +for \\d+\\w +unable to clone \\(GitOperationFailed\\)")
                .containsPattern(
                        "GitRepository flux-system/flux-system +see ImageUpdateAutomation flux-system/flux-system");
    }

    @Test
    void statusNamesManifestsThatCannotBeReadOrAreIgnored() throws IOException {
        Files.writeString(state.resolve("manifests.json"), """
                {"problems": [
                  {"severity": "IGNORED", "where": "a.yaml:1", "message": "Deployment web is not served"},
                  {"severity": "ERROR", "where": "b.yaml:7", "message": "not valid YAML: expected ]"}]}
                """);

        assertThat(run("status").out())
                .startsWith("Unreadable manifests (1)\n  b.yaml:7   not valid YAML: expected ]\n\n")
                .contains("\nIgnored manifests (1)\n  a.yaml:1   Deployment web is not served\n");
    }

    @Test
    void whoeverCannotBeAskedYetIsStartingAndNotAway() throws IOException {
        Files.writeString(state.resolve("lock"), ProcessHandle.current().pid() + "\n");

        assertThat(run("status").out()).startsWith("Tidemark is starting or ending on " + state);
        assertThat(run("explain imagepolicy/my-app").err()).contains("ask again in a moment");

        Files.writeString(state.resolve("lock"), "");
        assertThat(run("status").out()).startsWith("Nothing runs on " + state);
    }

    @Test
    void statusWarnsOfWhatWillFail() throws IOException {
        try (FakeEvaluator services = FakeEvaluator.of(state)) {
            services.isReady("""
                    {"status": "UP", "checks": [
                      {"name": "log tables", "status": "UP"},
                      {"name": "heap", "status": "UP", "data": {"limit": "64m", "warning": "the heap is nearly full"}}]}
                    """);
            assertThat(run("status").out())
                    .containsPattern("runs at \\S+ \\(process \\d+\\)\\.\nWARNING: the heap is nearly full\\.\n");

            services.isReady("");
            assertThat(run("status").out())
                    .containsPattern("runs at \\S+ \\(process \\d+\\)\\.\n")
                    .doesNotContain("WARNING");
        }
    }

    /** They have no status of their own: the services say it. */
    @Test
    void anAlertThatIsNotServedFails() throws IOException {
        Declared declared = new Declared(state.resolve("manifests"), state);
        Files.writeString(state.resolve("manifests/alert.yaml"), """
                apiVersion: notification.toolkit.fluxcd.io/v1beta3
                kind: Alert
                metadata: {name: on-call, namespace: flux-system}
                spec: {providerRef: {name: chat}, eventSources: [{kind: ImagePolicy, name: "*"}]}
                """);
        declared.read();
        try (FakeEvaluator services = FakeEvaluator.of(state)) {
            services.answers(
                    200,
                    "{\"failing\": [{\"namespace\": \"flux-system\", \"name\": \"on-call\", \"since\":"
                            + " \"2026-01-01T00:00:00Z\", \"reason\": \"InvalidConfig\", \"message\": \"no Provider\"}]}");

            Ran status = run("status --exit-code");
            assertThat(status.code()).isEqualTo(1);
            assertThat(status.out())
                    .containsPattern(
                            "\nFailing \\(\\d+\\)\n  Alert flux-system/on-call +for \\d+\\w+ +no Provider \\(InvalidConfig\\)\n");
            assertThat(Tree.parse(run("status -o json").out()).trees("objects"))
                    .filteredOn(one -> one.text("kind").equals("Alert"))
                    .extracting(one -> one.text("state") + ' ' + one.text("since"))
                    .containsExactly("FAILING 2026-01-01T00:00:00Z");
            assertThat(run("check"))
                    .extracting(Ran::code, ran -> ran.out().lines().toList().getLast())
                    .containsExactly(
                            1,
                            "Alert flux-system/on-call is not served since 2026-01-01T00:00:00Z: no Provider (InvalidConfig)");
            assertThat(run("get alert").out())
                    .containsPattern("NAME +PROVIDER +SUSPENDED +READY +STATUS +AGE\n")
                    .containsPattern("on-call +chat +False +False +no Provider");
            assertThat(run("describe alert on-call").out()).contains("InvalidConfig", "no Provider");

            services.answers(200, "{}");
            assertThat(run("check").code()).isZero();
            assertThat(run("get alert").out()).containsPattern("on-call +chat +False +Unknown +no event was told");
        }
    }

    @Test
    void statusSaysThatAnAutomationFindsNoMarker() throws IOException {
        Path file = state.resolve("status/ImageUpdateAutomation/flux-system/apps.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: apps, namespace: flux-system}
                status:
                  conditions:
                    - {type: Ready, status: "True", reason: Succeeded, message: repository up-to-date}
                    - {type: MarkersFound, status: "False", reason: NoMarkers, message: no marker names a policy}
                """);

        assertThat(run("status").out())
                .containsPattern(
                        "\nWaiting \\(\\d\\)\n  ImageUpdateAutomation flux-system/apps +no marker names a policy \\(NoMarkers\\)\n");
    }

    @Test
    void statusNamesUnknownFields() throws IOException {
        Files.writeString(state.resolve("manifests.json"), """
                {"problems": [{"severity": "WARNING", "where": "a.yaml:9",
                  "message": "ImagePolicy apps/a: spec.filterTag is not a known field: did you mean filterTags?"}]}
                """);

        assertThat(run("status").out())
                .contains("\nUnknown fields in manifests (1)\n  a.yaml:9   ImagePolicy apps/a: spec.filterTag is not");
    }
}

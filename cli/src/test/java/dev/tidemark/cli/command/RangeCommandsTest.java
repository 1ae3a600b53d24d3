package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.history.RangeManifest;
import dev.tidemark.evaluation.history.Ranges;
import dev.tidemark.evaluation.replay.Past;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded history exported, checked and decided again, with nothing behind it that runs. */
class RangeCommandsTest {

    private final Path folder;
    private final Path state;
    private final Path recorded;
    private final FakeEvaluator evaluator;

    RangeCommandsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.state = folder.resolve("state");
        this.evaluator = FakeEvaluator.of(state);
        this.recorded = recorded(folder.resolve("recorded"));
    }

    /** Three decisions of one policy: nothing in the range at first, then two tags. */
    private static Path recorded(Path folder) throws IOException {
        Files.createDirectories(folder);
        Past past = new Past(2);
        past.write(past.policy(Past.FEED, "my-app", "1.x", Map.of()));
        past.listed(Past.FEED, "1.0.0", "2.0.0");
        past.pass(Duration.ofMinutes(10));
        past.pushed(Past.FEED, "1.1.0");
        past.export(folder, Past.NOON).close();
        return folder.resolve("range.jsonl");
    }

    @AfterEach
    void stop() {
        evaluator.close();
    }

    @Test
    void anExportIsAFileWithItsManifest() throws Exception {
        byte[] range = Files.readAllBytes(recorded);
        evaluator.exports(range);
        Path file = folder.resolve("range.jsonl");

        Ran export = run("export --since 1d12h -o " + file);

        String sha =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(range));
        assertThat(export.err()).isEmpty();
        assertThat(export.out())
                .containsPattern("(?m)^Exported +\\d+ records$")
                .containsPattern("(?m)^  file +\\Q" + file + "\\E \\(\\d,\\d{3} bytes\\)$")
                .containsPattern("(?m)^  SHA-256 +" + sha + "$")
                .containsPattern("(?m)^  manifest +\\Q" + RangeManifest.beside(file) + "\\E$");
        assertThat(export.code()).isZero();
        assertThat(file).hasBinaryContent(range);
        assertThat(Files.readString(RangeManifest.beside(file))).contains(sha);
        assertThat(evaluator.asked()).containsExactly("/policy-evaluator/export?since=36h0m0s Bearer s3cret");
        assertThat(run("replay " + file).code()).isZero();
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyByForce() throws IOException {
        evaluator.exports(Files.readAllBytes(recorded));
        Path file = Files.writeString(folder.resolve("range.jsonl"), "mine");

        Ran refused = run("export -o " + file);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo("tidemark: " + file + " exists: name another file with -o, or replace it with --force.\n");
        assertThat(file).hasContent("mine");
        assertThat(evaluator.asked()).isEmpty();
        assertThat(run("export --force -o " + file).code()).isZero();
        assertThat(file).hasSameBinaryContentAs(recorded);
    }

    @Test
    void whatWasCutOnItsWayIsNotKept() throws IOException {
        byte[] range = Files.readAllBytes(recorded);
        Path file = folder.resolve("range.jsonl");
        byte[] part = Arrays.copyOf(range, range.length / 2);
        evaluator.exports(part);
        assertCut(file);
        evaluator.breaksAfter(part);
        assertCut(file);
        evaluator.exports(new byte[0]);
        assertCut(file);
    }

    @Test
    void whereTheFileCannotBeReplacedThePairStaysWhole() throws IOException {
        evaluator.exports(Files.readAllBytes(recorded));
        Path file = Files.createDirectories(folder.resolve("range.jsonl"));
        Files.writeString(file.resolve("inside"), "mine");

        assertThat(run("export --force -o " + file).code()).isEqualTo(1);
        assertThat(RangeManifest.beside(file)).doesNotExist();
        Files.writeString(RangeManifest.beside(file), "old");
        assertThat(run("export --force -o " + file).code()).isEqualTo(1);
        assertThat(RangeManifest.beside(file)).hasContent("old");
        assertThat(file.resolve("inside")).hasContent("mine");
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .containsExactlyInAnyOrder(state, folder.resolve("recorded"), file, RangeManifest.beside(file));
        }
    }

    @Test
    void whereTheManifestCannotBeReplacedTheOldFileStays() throws IOException {
        evaluator.exports(Files.readAllBytes(recorded));
        Path file = Files.writeString(folder.resolve("range.jsonl"), "old");
        Path manifest = Files.createDirectories(RangeManifest.beside(file));

        assertThat(run("export --force -o " + file).code()).isEqualTo(1);

        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(state, folder.resolve("recorded"), file, manifest);
        }
    }

    private void assertCut(Path file) throws IOException {
        Ran cut = run("export -o " + file);

        assertThat(cut.code()).isEqualTo(1);
        assertThat(cut.err())
                .isEqualTo("tidemark: the export ended before it was whole: './tidemark logs' says why; nothing was"
                        + " written to " + file + ".\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(state, folder.resolve("recorded"));
        }
    }

    @Test
    void whatTheServicesRefuseIsSaid() {
        evaluator.refuses(503, "2 others read the log at this moment: try again");

        Ran export = run("export -o " + folder.resolve("range.jsonl"));

        assertThat(export.err()).isEqualTo("tidemark: 2 others read the log at this moment: try again.\n");
        assertThat(export.code()).isEqualTo(1);
    }

    @Test
    void aReplayNeedsNothingButTheFile() {
        Ran replay = run("replay " + recorded);

        assertThat(replay.err()).isEmpty();
        assertThat(replay.out())
                .isEqualTo("3 decisions and 2 selections of local from 2026-11-22T12:00:00Z to 2026-11-22T13:10:00Z:"
                        + " 0 differences\n");
        assertThat(replay.code()).isZero();
    }

    @Test
    void aReplayOfWhatARunningTidemarkRecordedLeavesNothingBehind() throws IOException {
        evaluator.exports(Files.readAllBytes(recorded));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));

        Ran replay = run("replay --since 30d");

        assertThat(replay.out()).endsWith(": 0 differences\n");
        assertThat(evaluator.asked()).containsExactly("/policy-evaluator/export?since=720h0m0s Bearer s3cret");
        try (var files = Files.list(temporary)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("tidemark-range"));
        }
    }

    @Test
    void oneAlteredRecordIsFoundAndNamed() throws IOException {
        Ranges.edit(recorded, lines -> lines.stream()
                .map(line -> line.contains("\"tag-discovered\"") ? line.replace("1.1.0", "1.2.0") : line)
                .toList());
        RangeManifest.of(recorded).writeBeside(recorded);

        Ran replay = run("replay " + recorded);
        Ran json = run("replay -o json " + recorded);

        assertThat(replay.out())
                .containsPattern("^local/ImagePolicy/apps/my-app, line \\d+ of range.jsonl\n")
                .containsPattern("\n  recorded +2026-11-22T12:10:00Z +selected 1.1.0 +.*\\(Succeeded\\)\n")
                .containsPattern("\n  replayed +2026-11-22T12:10:00Z +selected 1.2.0 +.*\\(Succeeded\\)\n")
                .endsWith(": 1 difference\n");
        assertThat(replay.code()).isEqualTo(1);
        Tree answer = Tree.parse(json.out());
        assertThat(json.code()).isEqualTo(1);
        assertThat(answer.text("cluster")).isEqualTo("local");
        assertThat(answer.text("decisions")).isEqualTo("3");
        assertThat(json.out()).contains("\"target\": \"local/ImagePolicy/apps/my-app\"", "\"tag\": \"1.2.0\"");
    }

    /** What has no meaning here is no mistake of the file, and whoever reads the answer is told. */
    @Test
    void whatANewerVersionWroteIsSaid() throws IOException {
        Ranges.edit(recorded, lines -> lines.stream()
                .map(line -> line.contains("\"tag-discovered\"") && line.contains("2.0.0")
                        ? line.replace("tag-discovered.v1", "tag-discovered.v2")
                        : line)
                .toList());
        RangeManifest.of(recorded).writeBeside(recorded);

        Ran replay = run("replay " + recorded);

        assertThat(replay.out()).endsWith(": 0 differences\n1 record that this version reads in part or not at all\n");
        assertThat(replay.code()).isZero();
    }

    @Test
    void whatFollowsFromANewerVersionIsNoDifferenceAndIsSaid() throws IOException {
        Ranges.edit(recorded, lines -> lines.stream()
                .map(line -> line.contains("resolved to 1.0.0") ? line.replace("decided.v1", "decided.v2") : line)
                .map(line -> line.replace("resolved to 1.1.0", "resolved to 1.1.9"))
                .toList());
        RangeManifest.of(recorded).writeBeside(recorded);

        Ran replay = run("replay " + recorded);

        assertThat(replay.out())
                .startsWith("1 decision and 2 selections of ")
                .endsWith(": 0 differences\n1 record that this version reads in part or not at all\n"
                        + "1 decision or selection behind these, which may differ because of them and were not"
                        + " compared\n");
        assertThat(replay.code()).isZero();
        assertThat(Tree.parse(run("replay -o json " + recorded).out()).text("setAside"))
                .isEqualTo("1");
    }

    @Test
    void aChangedPolicyIsAskedOverAFileAndOverARunningTidemark() throws IOException {
        evaluator.exports(Files.readAllBytes(recorded));
        Path manifest = policy(">=1.0.0");

        Ran offline = run("what-if -f " + manifest + ' ' + recorded);
        Ran running = run("what-if -f " + manifest + " --since 30d");
        Tree json = Tree.parse(
                run("what-if -o json -f " + manifest + ' ' + recorded).out());

        assertThat(offline.err()).isEmpty();
        assertThat(offline.out()).isEqualTo("""
                local/ImagePolicy/apps/my-app from 2026-11-22T12:00:00Z to 2026-11-22T13:10:00Z
                TIME                   WOULD SELECT   SELECTED   WHY
                2026-11-22T12:00:00Z   2.0.0          1.0.0      Latest image tag for ghcr.io/my-org/my-app resolved to 2.0.0 (Succeeded)
                2026-11-22T12:10:00Z   2.0.0          1.1.0      Latest image tag for ghcr.io/my-org/my-app resolved to 2.0.0 (Succeeded)
                At the end it would select 2.0.0, selected is 1.1.0; 1 change, recorded 2
                """);
        assertThat(offline.code()).isEqualTo(1);
        assertThat(running).isEqualTo(offline);
        assertThat(evaluator.asked()).containsExactly("/policy-evaluator/export?since=720h0m0s Bearer s3cret");
        assertThat(json.text("cluster")).isEqualTo("local");
        assertThat(String.valueOf(json.find("policies"))).contains("same=false", "tag=2.0.0");
    }

    @Test
    void aPolicyThatChangesNothingMakesNoDifference() throws IOException {
        Ran same = run("what-if -f " + policy("1.x") + ' ' + recorded);

        assertThat(same.out()).endsWith("At the end it would select 1.1.0, as is selected; 2 changes, recorded 2\n");
        assertThat(same.code()).isZero();
    }

    @Test
    void aManifestWithoutAnAnswerIsSaid() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "");
        Path absent = folder.resolve("absent.yaml");

        for (List<String> one : List.of(
                List.of("what-if -f " + empty + ' ' + recorded, empty + " holds no ImagePolicy and no ResourceSet"),
                List.of("what-if -f " + absent + ' ' + recorded, absent + " cannot be read"))) {
            Ran whatIf = run(one.getFirst());

            assertThat(whatIf.err()).startsWith("tidemark: " + one.getLast()).hasLineCount(1);
            assertThat(whatIf.code()).isEqualTo(2);
        }
    }

    private Path policy(String range) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: my-app, namespace: apps}
                spec:
                  imageRepositoryRef: {name: my-app}
                  policy: {semver: {range: "%s"}}
                """.formatted(range));
    }

    @Test
    void whatIsNotWhatWasExportedIsNoDifferenceButNoAnswer() throws IOException {
        Ranges.edit(recorded, lines -> lines.stream()
                .map(line -> line.replace("1.1.0", "1.2.0"))
                .toList());

        Ran replay = run("replay " + recorded);

        assertThat(replay.out()).isEmpty();
        assertThat(replay.err())
                .startsWith("tidemark: lines 1 to ")
                .contains(" of range.jsonl are not what was exported; ")
                .hasLineCount(1);
        assertThat(replay.code()).isEqualTo(2);
    }

    @Test
    void aTimeThatNoClockShowsIsNoDifference() throws IOException {
        Ranges.edit(recorded, lines -> lines.stream()
                .map(line -> line.replaceFirst(
                        "(?<=\"decidedAt\":)\"2026-11-22T12:10:00Z\"", "\"+999999999-01-01T00:00:00Z\""))
                .toList());
        RangeManifest.of(recorded).writeBeside(recorded);

        Ran replay = run("replay " + recorded);

        assertThat(replay.err())
                .matches("tidemark: line \\d+ says that something was decided at \\+999999999-01-01T00:00:00Z, which no"
                        + " clock shows; export the range again\\.\n");
        assertThat(replay.code()).isEqualTo(2);
    }

    @Test
    void aQuestionThatIsNoneHasNoAnswer() throws IOException {
        Files.delete(state.resolve("endpoints.json"));

        for (List<String> one : List.of(
                List.of("replay", "nothing runs on "),
                List.of("replay --since 1h " + recorded, "a file says itself since when it is: leave out --since"),
                List.of("replay -o yaml " + recorded, "there is no output format 'yaml': use json."),
                List.of("replay " + folder.resolve("none"), folder.resolve("none") + " does not exist: name a file"),
                List.of(
                        "replay --since yesterday",
                        "Invalid value for option '--since': 'yesterday' is not a duration"))) {
            Ran replay = run(one.getFirst());

            assertThat(replay.err()).as(one.getFirst()).startsWith("tidemark: " + one.getLast());
            assertThat(replay.code()).as(one.getFirst()).isEqualTo(2);
        }
    }

    private Ran run(String arguments) {
        return Ran.on(state, arguments);
    }
}

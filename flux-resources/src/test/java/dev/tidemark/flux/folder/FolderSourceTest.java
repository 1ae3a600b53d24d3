package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSourceTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");

    @TempDir
    Path temporary;

    private Path folder;
    private @Nullable Path state;
    private String searchPath = "";
    private FolderSource source;
    private ResourceCache cache;
    private final SteppedClock clock = new SteppedClock(NOW);
    private final List<Change> told = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(temporary.resolve("manifests"));
        write("policy.yaml", policy("app", "1.x"));
        open(folder);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private void open(Path... roots) {
        if (source != null) {
            source.close();
        }
        source = FolderSource.unwatched(new FolderSource.Settings(List.of(roots), state, false, searchPath), clock);
        cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);
        var unused = source.feed(cache);
        told.clear();
        var unusedToo = cache.onChange(told::addAll);
    }

    private void look() {
        source.look(new FolderWatch.Seen.Everything());
    }

    /** Time goes on, and nothing else. */
    private void calm() {
        clock.advance(DeletionGuard.CALM);
        source.look(new FolderWatch.Seen.Nothing());
    }

    @Test
    void seesNewChangedAndDeletedFiles() throws IOException {
        write("deep/er/other.yml", policy("other", "2.x"));
        look();
        assertThat(names()).containsExactlyInAnyOrder("app", "other");

        write("policy.yaml", policy("app", "3.x"));
        look();
        assertThat(range("app")).isEqualTo("3.x");

        Files.delete(folder.resolve("deep/er/other.yml"));
        Files.delete(folder.resolve("deep/er"));
        look();
        assertThat(names()).as("editors take a file away for a moment").contains("other");
        calm();
        assertThat(names()).containsExactly("app");
        assertThat(told).hasSize(3);
    }

    @Test
    void aFileThatIsBackAtTheSecondGlanceWasNeverGone() throws IOException {
        Files.delete(folder.resolve("policy.yaml"));
        look();
        write("policy.yaml", policy("app", "1.x"));
        look();
        calm();
        assertThat(names()).containsExactly("app");
        assertThat(told).isEmpty();
    }

    @Test
    void tellsNothingWhenNothingChanged() throws IOException {
        look();
        Files.setLastModifiedTime(folder.resolve("policy.yaml"), FileTime.from(NOW));
        look();
        write("notes.txt", "not a manifest");
        write(".hidden.yaml", policy("hidden", "1.x"));
        write(".tidemark/status/policy.yaml", policy("app", "9.x"));
        look();
        assertThat(told).isEmpty();
        assertThat(problems()).isEmpty();
    }

    @Test
    void seesAnEditThatAFileSystemWithCoarseTimesHides() throws IOException {
        Path file = folder.resolve("policy.yaml");
        Files.setLastModifiedTime(file, FileTime.from(NOW));
        look();
        write("policy.yaml", policy("app", "2.x"));
        Files.setLastModifiedTime(file, FileTime.from(NOW));
        look();
        assertThat(range("app")).isEqualTo("2.x");
    }

    @Test
    void aBrokenFileKeepsWhatItSaidAndNamesTheLine() throws IOException {
        write("policy.yaml", policy("app", "2.x") + "\n---\na: [1\nb: }\n");
        look();
        assertThat(range("app")).isEqualTo("1.x");
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.where()).matches(".*policy\\.yaml:1[0-9]");
            assertThat(problem.message()).startsWith("not valid YAML: ");
        });
        write("policy.yaml", policy("app", "2.x"));
        look();
        assertThat(range("app")).isEqualTo("2.x");
        assertThat(problems()).isEmpty();
    }

    @Test
    void anInvalidDocumentKeepsWhatItSaidAndTheOthersGoOn() throws IOException {
        write("policy.yaml", policy("app", "1.x") + "\n---\n" + policy("other", "1.x"));
        look();
        write("policy.yaml", policy("app", "1.x").replace("range:", "rang:") + "\n---\n" + policy("other", "2.x"));
        look();
        assertThat(range("app")).isEqualTo("1.x");
        assertThat(range("other")).isEqualTo("2.x");
        assertThat(problems())
                .extracting(Problem::severity, Problem::where, Problem::message, Problem::object)
                .containsExactly(
                        tuple(
                                Severity.ERROR,
                                folder.resolve("policy.yaml") + ":9",
                                "ImagePolicy flux-system/app: spec.policy.semver.range is required",
                                new ResourceId("ImagePolicy", "flux-system", "app")),
                        tuple(
                                Severity.WARNING,
                                folder.resolve("policy.yaml") + ":10",
                                "ImagePolicy flux-system/app: spec.policy.semver.rang is not a known field: did you mean"
                                        + " range?",
                                new ResourceId("ImagePolicy", "flux-system", "app")));
    }

    @Test
    void whatIsTakenOutOfAFileGoesAlsoWhenTheRestIsInvalid() throws IOException {
        write("policy.yaml", policy("app", "1.x") + "\n---\n" + policy("other", "1.x"));
        look();
        write("policy.yaml", policy("app", "1.x").replace("range:", "rang:"));
        look();
        calm();
        assertThat(names()).containsExactly("app");
    }

    @Test
    void namesWhatItDoesNotServe() throws IOException {
        write("z-deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");
        look();
        assertThat(problems())
                .containsExactly(new Problem(
                        Severity.IGNORED,
                        folder.resolve("z-deployment.yaml") + ":1",
                        "Deployment web (apps/v1) is not a kind that Tidemark serves"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-again.yaml", "z-again.yaml"})
    void aSecondFileDoesNotTakeAnObjectOver(String again) throws IOException {
        state = temporary.resolve("state");
        open(folder);
        write(again, policy("app", "9.x"));
        look();
        assertThat(range("app")).isEqualTo("1.x");
        assertThat(problems())
                .containsExactly(new Problem(
                        Severity.ERROR,
                        folder.resolve(again) + ":1",
                        "ImagePolicy flux-system/app is declared at " + folder.resolve("policy.yaml")
                                + ":1 already, which stays in force: remove one of the two"));

        open(folder);
        assertThat(range("app")).as("after a restart").isEqualTo("1.x");

        Files.delete(folder.resolve("policy.yaml"));
        look();
        assertThat(range("app")).as("an editor may be at work").isEqualTo("1.x");
        calm();
        assertThat(range("app")).isEqualTo("9.x");
        assertThat(problems()).isEmpty();
    }

    @Test
    void aSecondFileThatCameWhileNobodyLookedDoesNotTakeAnObjectOver() throws IOException {
        state = temporary.resolve("state");
        open(folder);
        write("a-again.yaml", policy("app", "9.x"));
        open(folder);
        assertThat(range("app")).isEqualTo("1.x");
        assertThat(problems()).hasSize(1);
    }

    @Test
    void twiceInOneFileTheFirstCounts() throws IOException {
        write("policy.yaml", policy("app", "1.x") + "\n---\n" + policy("app", "9.x"));
        look();
        assertThat(range("app")).isEqualTo("1.x");
        assertThat(problems())
                .extracting(Problem::where, Problem::message)
                .containsExactly(tuple(
                        folder.resolve("policy.yaml") + ":12",
                        "ImagePolicy flux-system/app is declared at " + folder.resolve("policy.yaml")
                                + ":1 already, which counts: remove one of the two"));
    }

    @Test
    void readsTheItemsOfAList() throws IOException {
        write(
                "policy.yaml",
                "apiVersion: v1\nkind: List\nitems:\n- " + policy("a", "1.x").replace("\n", "\n  ") + "\n- "
                        + policy("b", "1.x").replace("\n", "\n  ") + "\n");
        look();
        calm();
        assertThat(names()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aFolderThatIsMissingIsSaidAndFoundLater() throws IOException {
        Path later = temporary.resolve("later");
        open(later);
        assertThat(problems())
                .containsExactly(new Problem(Severity.ERROR, later.toString(), "the folder does not exist: create it"));
        Files.createDirectory(later);
        Files.writeString(later.resolve("policy.yaml"), policy("late", "1.x"));
        look();
        assertThat(names()).containsExactly("late");
        assertThat(problems()).isEmpty();
    }

    @Test
    void aFolderThatGoesAwayKeepsWhatItSaid() throws IOException {
        Files.move(folder, temporary.resolve("moved"));
        look();
        calm();
        assertThat(names()).containsExactly("app");
        assertThat(problems()).extracting(Problem::message).containsExactly("the folder does not exist: create it");
    }

    @Test
    void followsALinkToTheFolderAndTakesASingleFile() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
        open(link);
        assertThat(names()).containsExactly("app");
        open(folder.resolve("policy.yaml"));
        assertThat(names()).containsExactly("app");
    }

    @Test
    void refusesWhatIsNotText() throws IOException {
        Files.write(folder.resolve("policy.yaml"), "a: b\nname: M\u00fcller".getBytes(StandardCharsets.ISO_8859_1));
        look();
        assertThat(names()).containsExactly("app");
        assertThat(problems())
                .containsExactly(new Problem(
                        Severity.ERROR, folder.resolve("policy.yaml") + ":2", "is not UTF-8 text: save it as UTF-8"));
    }

    static List<String> hostile() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(level, level - 1));
        }
        return List.of(
                bomb.toString(),
                "a: " + "[".repeat(1_500) + "]".repeat(1_500),
                "a: " + "[".repeat(100_000) + "]".repeat(100_000),
                "a: &a [*a]",
                "&a {a: *a}",
                "? [a, b]\n: c",
                "~: x",
                "a: 1\na: 2",
                "a: !!java.net.URL [http://example.org]",
                "x".repeat(ManifestReader.MAX_CHARACTERS + 1),
                "just text");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("hostile")
    void refusesHostileTextAndGoesOn(String text) throws IOException {
        write("hostile.yaml", text);
        write("other.yaml", policy("other", "1.x"));
        look();
        assertThat(names()).containsExactlyInAnyOrder("app", "other");
        assertThat(problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n---\n", "~"})
    void aFileWithoutADocumentIsNoProblem(String text) throws IOException {
        write("empty.yaml", text);
        look();
        assertThat(problems()).isEmpty();
    }

    @Test
    void watchesByItself() throws Exception {
        var heard = new CompletableFuture<ResourceId>();
        var watched = new ResourceCache(List.of(Kinds.IMAGE_POLICY), List.of(), Runnable::run);
        var settings = new FolderSource.Settings(List.of(folder), null, false, "");
        try (var watching = FolderSource.open(
                settings, Clock.systemUTC(), task -> Thread.ofVirtual().start(task))) {
            var feeding = watching.feed(watched);
            var listening = watched.onChange(
                    changes -> heard.complete(changes.getFirst().id()));
            write("other.yaml", policy("other", "1.x"));
            assertThat(heard.get(30, TimeUnit.SECONDS).name()).isEqualTo("other");
            listening.close();
            feeding.close();
        }
    }

    private Set<String> names() {
        return cache.all(Kinds.IMAGE_POLICY).stream().map(Resource::name).collect(Collectors.toSet());
    }

    private List<Problem> problems() {
        return source.problems();
    }

    private String range(String name) {
        ImagePolicySpec.Range semver = cache.find(Kinds.IMAGE_POLICY, "flux-system", name)
                .orElseThrow()
                .spec()
                .policy()
                .semver();
        return semver == null ? "" : semver.range();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String policy(String name, String range) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata:
                  name: %s
                  namespace: flux-system
                spec:
                  imageRepositoryRef: {name: app}
                  policy:
                    semver:
                      range: %s""".formatted(name, range);
    }
}

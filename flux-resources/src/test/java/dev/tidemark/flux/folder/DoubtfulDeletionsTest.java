package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.folder.FolderWatch.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks deleted and may not be. */
class DoubtfulDeletionsTest {

    /** Later than the times of all files. */
    private static final Instant NOW = Instant.parse("2100-11-26T09:30:00Z");

    private final Path manifests;
    private final Path state;
    private final SteppedClock clock = new SteppedClock(NOW);
    private final List<Change> told = new ArrayList<>();
    private FolderSource source;
    private ResourceCache cache;

    DoubtfulDeletionsTest(@TempDir Path folder) throws IOException {
        this.manifests = Files.createDirectory(folder.resolve("manifests"));
        this.state = folder.resolve("state");
    }

    @BeforeEach
    void tenPolicies() throws IOException {
        for (int i = 0; i < 10; i++) {
            write("p" + i + ".yaml", policy("p" + i, "1.x"));
        }
        start();
    }

    /** A process begins anew on the same folders. */
    private void start() {
        source = FolderSource.unwatched(new FolderSource.Settings(List.of(manifests), state, false, ""), clock);
        cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);
        var unused = source.feed(cache);
        told.clear();
        var unusedToo = cache.onChange(told::addAll);
    }

    private void look() {
        source.look(new Seen.Everything());
    }

    private void calm() {
        look();
        clock.advance(DeletionGuard.CALM);
        source.look(new Seen.Nothing());
    }

    @Test
    void whatMovesIntoAFileWhereItIsRefusedIsNotDeleted() throws IOException {
        Files.delete(manifests.resolve("p0.yaml"));
        write("q.yaml", policy("p0", "1.x").replace("{name: app}", "[app]"));
        calm();
        assertThat(names()).contains("p0");
        assertThat(kept()).containsExactly("ImagePolicy/apps/p0");

        write("q.yaml", policy("p0", "2.x"));
        calm();
        assertThat(names()).contains("p0");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aConfirmationThatTookNoEffectConfirmsNothingLater() throws IOException {
        for (int i = 0; i < 6; i++) {
            Files.delete(manifests.resolve("p" + i + ".yaml"));
        }
        calm();
        String code = code();
        write("z.yaml", "a: [");
        look();
        Files.createFile(state.resolve("confirmations").resolve(code));
        calm();
        assertThat(names()).hasSize(10);

        Files.delete(manifests.resolve("z.yaml"));
        for (int i = 0; i < 6; i++) {
            write("p" + i + ".yaml", policy("p" + i, "1.x"));
        }
        calm();
        clock.advance(Duration.ofMinutes(2));
        look();
        for (int i = 0; i < 6; i++) {
            Files.delete(manifests.resolve("p" + i + ".yaml"));
        }
        calm();
        assertThat(waiting()).hasSize(6);
        assertThat(names()).hasSize(10);
    }

    @Test
    void lossesBeforeARestartCount() throws IOException {
        for (int i = 0; i < 4; i++) {
            Files.delete(manifests.resolve("p" + i + ".yaml"));
        }
        calm();
        assertThat(names()).hasSize(6);
        start();

        Files.delete(manifests.resolve("p4.yaml"));
        Files.delete(manifests.resolve("p5.yaml"));
        calm();
        assertThat(waiting()).hasSize(2);
    }

    @Test
    void aFolderIsEmptyOnlyWhereNothingIsAnywhereBelowIt() throws IOException {
        write("team/a.yaml", policy("a", "1.x"));
        write("team/deep/er/b.yaml", policy("b", "1.x"));
        look();
        Files.delete(manifests.resolve("team/a.yaml"));
        calm();
        assertThat(names()).doesNotContain("a");

        Files.delete(manifests.resolve("team/deep/er/b.yaml"));
        calm();
        assertThat(waiting()).containsExactly("ImagePolicy/apps/b");
    }

    @Test
    void whoIsToldMayAskBackFromAnotherThread() throws IOException {
        ResourceId id = new ResourceId("ImagePolicy", "apps", "p0");
        List<Boolean> answers = new ArrayList<>();
        source.onVerdict(ids ->
                answers.add(CompletableFuture.supplyAsync(() -> source.find(id).isPresent())
                        .completeOnTimeout(false, 10, TimeUnit.SECONDS)
                        .join()));

        write("p0.yaml", policy("p0", "1.x").replace("{name: app}", "[app]"));
        look();

        assertThat(answers).containsExactly(true);
    }

    private String code() throws IOException {
        return report().path("confirmation").path("code").asText();
    }

    private com.fasterxml.jackson.databind.JsonNode report() throws IOException {
        return FluxJson.json().readTree(Files.readString(state.resolve("manifests.json")));
    }

    private List<String> waiting() throws IOException {
        var objects = report().path("confirmation").path("objects");
        return IntStream.range(0, objects.size())
                .mapToObj(i -> objects.get(i).asText())
                .toList();
    }

    private List<String> kept() throws IOException {
        var kept = report().path("kept");
        return IntStream.range(0, kept.size())
                .mapToObj(i -> kept.get(i).path("object").asText())
                .toList();
    }

    private Set<String> names() {
        return cache.all(Kinds.IMAGE_POLICY).stream().map(Resource::name).collect(Collectors.toSet());
    }

    private void write(String file, String text) throws IOException {
        Path path = manifests.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String policy(String name, String range) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata:
                  name: %s
                  namespace: apps
                spec:
                  imageRepositoryRef: {name: app}
                  policy:
                    semver:
                      range: %s""".formatted(name, range);
    }
}

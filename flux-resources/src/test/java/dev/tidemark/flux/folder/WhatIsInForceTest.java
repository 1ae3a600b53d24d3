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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in force survives (faults D2, D3, D10, Y9). */
class WhatIsInForceTest {

    /** Later than the times of all files. */
    private static final Instant NOW = Instant.parse("2100-11-26T09:30:00Z");

    private final Path manifests;
    private final Path state;
    private final SteppedClock clock = new SteppedClock(NOW);
    private final List<Change> told = new ArrayList<>();
    private FolderSource source;
    private ResourceCache cache;

    WhatIsInForceTest(@TempDir Path folder) throws IOException {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [1\nb: }\n",
                "just text",
                "{kind: ImagePolcy, apiVersion: image.toolkit.fluxcd.io/v1, metadata: {name: p0}}",
            })
    void aBrokenFileAndARestartChangeNothing(String broken) throws IOException {
        write("p0.yaml", broken);
        start();
        calm();

        assertThat(names()).hasSize(10);
        assertThat(told).isEmpty();
        assertThat(kept()).containsExactly("ImagePolicy/apps/p0");
    }

    @Test
    void aFolderThatIsAwayChangesNothingAlsoOverARestart() throws IOException {
        Files.move(manifests, manifests.resolveSibling("elsewhere"));
        start();
        calm();

        assertThat(names()).hasSize(10);
        assertThat(kept()).hasSize(10);
    }

    @Test
    void aFolderThatIsEmptyIsNotMountedYet() throws IOException {
        Files.move(manifests, manifests.resolveSibling("elsewhere"));
        Files.createDirectory(manifests);
        start();
        calm();

        assertThat(names()).hasSize(10);
        assertThat(waiting()).hasSize(10);
    }

    @Test
    void aPartThatIsNotMountedIsNotDeleted() throws IOException {
        write("team/a.yaml", policy("a", "1.x"));
        look();
        Files.delete(manifests.resolve("team/a.yaml"));
        calm();
        assertThat(names()).as("the folder is there and empty").contains("a");

        Files.delete(manifests.resolve("team"));
        calm();
        assertThat(names())
                .as("one that waited waits until somebody confirms it")
                .contains("a");

        confirm();
        assertThat(names()).doesNotContain("a");
    }

    @Test
    void aDeletionThatIsRealTakesEffectOnceTheSourceIsCalm() throws IOException {
        Files.delete(manifests.resolve("p0.yaml"));
        look();
        assertThat(told).isEmpty();

        clock.advance(DeletionGuard.CALM);
        source.look(new Seen.Nothing());

        assertThat(told).singleElement().isInstanceOf(Change.Deleted.class);
        assertThat(cache.isGone(new ResourceId("ImagePolicy", "apps", "p0"))).isTrue();
    }

    @Test
    void aSourceThatStillChangesIsNotCalm() throws IOException {
        Files.delete(manifests.resolve("p0.yaml"));
        look();
        clock.advance(DeletionGuard.CALM.minusMillis(1));
        write("p1.yaml", policy("p1", "2.x"));
        look();
        clock.advance(DeletionGuard.CALM.minusMillis(1));
        source.look(new Seen.Nothing());
        assertThat(names()).contains("p0");

        clock.advance(Duration.ofMillis(1));
        source.look(new Seen.Nothing());
        assertThat(names()).doesNotContain("p0");
    }

    @Test
    void aDeletionWhileNobodyLookedIsFoundAfterTheStart() throws IOException {
        Files.delete(manifests.resolve("p0.yaml"));
        start();
        assertThat(names()).contains("p0");
        calm();

        assertThat(names()).doesNotContain("p0");
        assertThat(told).singleElement().isInstanceOf(Change.Deleted.class);
        start();
        assertThat(cache.isGone(new ResourceId("ImagePolicy", "apps", "p0")))
                .as("remembered")
                .isTrue();
    }

    @Test
    void whatMovesIntoABrokenFileIsNotDeleted() throws IOException {
        Files.delete(manifests.resolve("p0.yaml"));
        write("p1.yaml", policy("p1", "1.x") + "\n---\n" + policy("p0", "1.x") + "\n  broken: [");
        calm();
        assertThat(names()).hasSize(10);

        write("p1.yaml", policy("p1", "1.x") + "\n---\n" + policy("p0", "2.x"));
        calm();
        assertThat(names()).hasSize(10);
        assertThat(cache.find(Kinds.IMAGE_POLICY, "apps", "p0")
                        .orElseThrow()
                        .spec()
                        .policy()
                        .semver())
                .hasToString("Range[range=2.x]");
    }

    @Test
    void whatIsElsewhereInAnUnreadableSourceIsNotDeletedEither() throws IOException {
        write("other.yaml", "a: [");
        Files.delete(manifests.resolve("p0.yaml"));
        calm();
        assertThat(names()).contains("p0");

        Files.delete(manifests.resolve("other.yaml"));
        calm();
        assertThat(names()).doesNotContain("p0");
    }

    @Test
    void moreThanHalfWaitsForOneCommandAlsoDaysLater() throws IOException {
        for (int i = 0; i < 6; i++) {
            Files.delete(manifests.resolve("p" + i + ".yaml"));
        }
        calm();
        assertThat(names()).hasSize(10);
        assertThat(waiting()).hasSize(6);

        clock.advance(Duration.ofDays(3));
        start();
        calm();
        assertThat(waiting()).hasSize(6);

        confirm();
        assertThat(names()).containsExactlyInAnyOrder("p6", "p7", "p8", "p9");
        assertThat(waiting()).isEmpty();

        Files.delete(manifests.resolve("p6.yaml"));
        calm();
        assertThat(names()).as("what was confirmed is no loss any more").doesNotContain("p6");
    }

    @Test
    void lossesOfTenMinutesAreOneLoss() throws IOException {
        for (int i = 0; i < 7; i++) {
            Files.delete(manifests.resolve("p" + i + ".yaml"));
            calm();
        }
        assertThat(names())
                .as("five of ten are half and not more")
                .containsExactlyInAnyOrder("p5", "p6", "p7", "p8", "p9");

        start();
        calm();
        assertThat(waiting()).as("after a restart, too").hasSize(2);

        clock.advance(DeletionGuard.WINDOW);
        Files.delete(manifests.resolve("p7.yaml"));
        calm();
        assertThat(names())
                .as("what waits waits, a small loss later does not")
                .containsExactlyInAnyOrder("p5", "p6", "p8", "p9");
    }

    @Test
    void aConfirmationConfirmsExactlyWhatItNames() throws IOException {
        for (int i = 0; i < 6; i++) {
            Files.delete(manifests.resolve("p" + i + ".yaml"));
        }
        calm();
        String code = code();
        Files.delete(manifests.resolve("p6.yaml"));
        calm();
        Files.createFile(state.resolve("confirmations").resolve(code));
        look();
        assertThat(names()).as("seven wait, six were named").hasSize(10);

        confirm();
        assertThat(names()).hasSize(3);
        for (int i = 0; i < 7; i++) {
            write("p" + i + ".yaml", policy("p" + i, "1.x"));
        }
        calm();
        for (int i = 0; i < 7; i++) {
            Files.delete(manifests.resolve("p" + i + ".yaml"));
        }
        calm();
        assertThat(names()).as("the same names once more are other objects").hasSize(10);
    }

    @Test
    void aManifestThatComesBackEndsTheWait() throws IOException {
        for (int i = 0; i < 6; i++) {
            Files.delete(manifests.resolve("p" + i + ".yaml"));
        }
        calm();
        for (int i = 0; i < 6; i++) {
            write("p" + i + ".yaml", policy("p" + i, "1.x"));
        }
        calm();

        assertThat(waiting()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsDeclaredAnewIsAnotherObject() throws IOException {
        String before = uid("p0");
        Files.delete(manifests.resolve("p0.yaml"));
        calm();
        write("p0.yaml", policy("p0", "1.x"));
        look();
        String after = uid("p0");
        assertThat(after).isNotEqualTo(before);

        start();
        assertThat(uid("p0")).isEqualTo(after);
        write("p0.yaml", policy("p0", "2.x"));
        look();
        assertThat(uid("p0")).as("an edit is no new object").isEqualTo(after);
    }

    @Test
    void aLostStateFolderIsSaidAndNothingIsTakenForDeleted() throws IOException {
        ResourceId known = new ResourceId("ImagePolicy", "apps", "known-to-the-log");
        assertThat(cache.isGone(known)).isFalse();
        assertThat(report().path("confirmation").path("unaccounted").get(0).asText())
                .isEqualTo(known.toString());

        confirm();
        assertThat(cache.isGone(known)).isTrue();
        assertThat(told).contains(new Change.Deleted(Kinds.IMAGE_POLICY, known, null));
    }

    private void confirm() throws IOException {
        Files.createFile(state.resolve("confirmations").resolve(code()));
        source.look(new Seen.Some(Set.of(state.resolve("confirmations"))));
        calm();
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

    private String uid(String name) {
        return cache.find(Kinds.IMAGE_POLICY, "apps", name)
                .orElseThrow()
                .metadata()
                .uid();
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

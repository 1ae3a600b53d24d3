package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.folder.FolderWatch.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in force survives (faults D2, D3, D10, Y9). */
class WhatIsInForceTest extends TenPolicies {

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
}

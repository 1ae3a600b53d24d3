package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What looks deleted and may not be. */
class DoubtfulDeletionsTest extends TenPolicies {

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
}

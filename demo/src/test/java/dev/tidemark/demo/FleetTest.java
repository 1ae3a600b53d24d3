package dev.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Path folder;

    FleetTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void beginsWithTheFirstVersionOnMain() throws IOException {
        try (Fleet fleet = Fleet.prepare(folder.resolve("fleet.git"), NOW)) {
            assertThat(fleet.deployedImage()).isEqualTo("ghcr.io/my-org/my-app:1.0.0");
            assertThat(fleet.tip("main")).isPresent();
            assertThat(fleet.tip(Scenario.PUSH_BRANCH)).isEmpty();
        }
    }

    @Test
    void keepsWhatIsThereAndClearsTheLockOfAKilledPush() throws IOException {
        Path repository = folder.resolve("fleet.git");
        String before;
        try (Fleet fleet = Fleet.prepare(repository, NOW)) {
            before = fleet.tip("main").orElseThrow();
        }
        Path lock = Files.createFile(repository.resolve("refs/heads/main.lock"));

        try (Fleet fleet = Fleet.prepare(repository, NOW.plus(Duration.ofDays(1)))) {
            assertThat(fleet.tip("main")).contains(before);
            assertThat(lock).doesNotExist();
        }
    }

    @Test
    void readsACommitOnThePushBranch() throws Exception {
        Path repository = folder.resolve("fleet.git");
        try (Fleet fleet = Fleet.prepare(repository, NOW)) {
            String id = push(repository, "1.4.2");

            Fleet.Commit commit = fleet.read(Scenario.PUSH_BRANCH, id);

            assertThat(commit)
                    .isEqualTo(
                            new Fleet.Commit(
                                    id,
                                    "staging-image-updates",
                                    "fluxcdbot <bot@example.org>",
                                    "chore: update ghcr.io/my-org/my-app:1.4.2",
                                    "ghcr.io/my-org/my-app:1.4.2",
                                    "clusters/staging/my-app.yaml",
                                    java.util.List.of(
                                            "-          image: ghcr.io/my-org/my-app:1.0.0  # {\"$imagepolicy\": \"flux-system:my-app\"}",
                                            "+          image: ghcr.io/my-org/my-app:1.4.2  # {\"$imagepolicy\": \"flux-system:my-app\"}")));
            assertThat(fleet.deployedImage()).isEqualTo("ghcr.io/my-org/my-app:1.4.2");
        }
    }

    @Test
    void seesTheCommitAndTheRenderedTagOfTheVersionOnly() throws Exception {
        Path repository = folder.resolve("fleet.git");
        Path kustomization = folder.resolve("my-app.yaml");
        Files.writeString(kustomization, "spec:\n  substitute:\n    APP_IMAGE_TAG: 1.0.0\n");
        try (Fleet fleet = Fleet.prepare(repository, NOW)) {
            Effects effects = Effects.watch(fleet, kustomization, "1.4.3", Duration.ofSeconds(30));
            long pushed = System.nanoTime();
            push(repository, "1.4.2");
            String id = push(repository, "1.4.3");
            Files.writeString(kustomization, "spec:\n  substitute:\n    APP_IMAGE_TAG: \"1.4.3\"\n");

            assertThat(effects.commit().orElseThrow().what().id()).isEqualTo(id);
            assertThat(effects.rendered().orElseThrow().what()).isEqualTo(new Effects.Rendered("1.4.3", kustomization));
            assertThat(effects.rendered().orElseThrow().millisSince(pushed)).isNotNegative();
        }
    }

    @Test
    void givesUpWhenTheLimitIsOver() throws Exception {
        try (Fleet fleet = Fleet.prepare(folder.resolve("fleet.git"), NOW)) {
            Effects effects = Effects.watch(fleet, folder.resolve("none.yaml"), "1.4.2", Duration.ofMillis(5));

            assertThat(effects.commit()).isEmpty();
            assertThat(effects.rendered()).isEmpty();
        }
    }

    private String push(Path repository, String version) throws Exception {
        Path clone = folder.resolve("clone-" + version);
        PersonIdent bot = new PersonIdent("fluxcdbot", "bot@example.org");
        try (Git git = Git.cloneRepository()
                .setURI(repository.toUri().toString())
                .setDirectory(clone.toFile())
                .call()) {
            Path file = clone.resolve(Scenario.DEPLOYMENT);
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Files.writeString(file, text.replaceFirst("my-app:[0-9.]+ ", "my-app:" + version + " "));
            git.add().addFilepattern(".").call();
            String id = git.commit()
                    .setAuthor(bot)
                    .setCommitter(bot)
                    .setSign(false)
                    .setMessage("chore: update ghcr.io/my-org/my-app:" + version + "\n\nX-Trailer: 1\n")
                    .call()
                    .name();
            git.push()
                    .setForce(true)
                    .add("HEAD:refs/heads/" + Scenario.PUSH_BRANCH)
                    .call();
            return id;
        }
    }
}

package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.folder.FolderWatch.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderWatchTest {

    @TempDir
    private Path folder;

    /** Longer than any test: what ends a wait is never the time. */
    private final FolderWatch watch = new FolderWatch(Duration.ofHours(1), Duration.ofHours(1));

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aWrittenFileIsNamed() throws IOException {
        assertThat(follow(folder)).isTrue();

        Files.writeString(folder.resolve("a.yaml"), "a");

        assertThat(watch.await(null)).isEqualTo(new Seen.Some(Set.of(folder.resolve("a.yaml"))));
    }

    @Test
    void whatHappenedBeforeAFolderWasWatchedIsSaidToBeUnknownOnce() {
        assertThat(follow(folder)).isTrue();
        assertThat(follow(folder)).isFalse();
    }

    @Test
    void aFolderThatCameBackIsWatchedAnew() throws IOException {
        Path below = Files.createDirectory(folder.resolve("below"));
        follow(folder, below);
        Files.delete(below);
        assertThat(watch.await(null)).isInstanceOf(Seen.Everything.class);
        Files.createDirectory(below);
        assertThat(watch.await(null)).isEqualTo(new Seen.Some(Set.of(below)));

        assertThat(follow(folder, below)).isTrue();
        Files.writeString(below.resolve("a.yaml"), "a");

        assertThat(watch.await(null)).isEqualTo(new Seen.Some(Set.of(below.resolve("a.yaml"))));
    }

    @Test
    void aTimeThatIsWaitedForEndsTheWait() {
        follow(folder);

        assertThat(watch.await(Duration.ofMillis(1))).isInstanceOf(Seen.Nothing.class);
    }

    @Test
    void whereNobodyNotifiesEverythingMayHaveChanged() {
        try (FolderWatch polling = new FolderWatch(Duration.ofMillis(1), Duration.ofHours(1))) {
            assertThat(polling.follow(Set.of(folder), false)).isFalse();

            assertThat(polling.await(null)).isInstanceOf(Seen.Everything.class);
        }
    }

    @Test
    void whereNobodyNotifiesATimeThatHasComeIsNoReasonNotToLook() {
        try (FolderWatch polling = new FolderWatch(Duration.ofHours(1), Duration.ofHours(1))) {
            boolean unused = polling.follow(Set.of(folder), false);

            assertThat(polling.await(Duration.ofMillis(1))).isInstanceOf(Seen.Everything.class);
        }
    }

    @Test
    void aFolderThatCameInThePlaceOfAnotherIsWatched() throws IOException {
        Path below = Files.createDirectory(folder.resolve("below"));
        follow(below);
        Files.move(below, folder.resolve("before"));
        Files.createDirectory(below);

        assertThat(follow(below)).isTrue();
        Files.writeString(below.resolve("a.yaml"), "a");

        assertThat(watch.await(null)).isEqualTo(new Seen.Some(Set.of(below.resolve("a.yaml"))));
    }

    @Test
    void closingEndsTheWaitForGood() {
        follow(folder);
        watch.close();

        assertThat(watch.await(null)).isInstanceOf(Seen.Closed.class);
    }

    private boolean follow(Path... folders) {
        return watch.follow(Set.of(folders), true);
    }
}

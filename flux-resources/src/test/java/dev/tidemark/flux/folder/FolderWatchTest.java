package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
    void aWrittenFileEndsTheWait() throws IOException {
        assertThat(watch.follow(Set.of(folder))).isTrue();

        Files.writeString(folder.resolve("a.yaml"), "a");

        assertThat(watch.await()).isTrue();
    }

    @Test
    void whatHappenedBeforeAFolderWasWatchedIsSaidToBeUnknownOnce() {
        assertThat(watch.follow(Set.of(folder))).isTrue();
        assertThat(watch.follow(Set.of(folder))).isFalse();
    }

    @Test
    void aFolderThatCameBackIsWatchedAnew() throws IOException {
        Path below = Files.createDirectory(folder.resolve("below"));
        watch.follow(Set.of(folder, below));
        Files.delete(below);
        watch.await();
        Files.createDirectory(below);
        watch.await();

        assertThat(watch.follow(Set.of(folder, below))).isTrue();
        Files.writeString(below.resolve("a.yaml"), "a");

        assertThat(watch.await()).isTrue();
    }

    @Test
    void closingEndsTheWaitForGood() {
        watch.follow(Set.of(folder));
        watch.close();

        assertThat(watch.await()).isFalse();
    }

    @Test
    void aLookThatFailsIsFollowedByOthers() throws IOException, InterruptedException {
        BlockingQueue<Integer> looks = new LinkedBlockingQueue<>();
        AtomicInteger count = new AtomicInteger();
        watch.start("looks", () -> {
            int number = count.incrementAndGet();
            looks.add(number);
            if (number == 3) {
                throw new IllegalStateException("once");
            }
            return Set.of(folder);
        });
        // the second sees what happened before the folder was watched
        assertThat(List.of(looks.take(), looks.take())).containsExactly(1, 2);
        Files.writeString(folder.resolve("a.yaml"), "a");
        assertThat(looks.take()).isEqualTo(3);

        Files.writeString(folder.resolve("b.yaml"), "b");

        assertThat(looks.take()).isEqualTo(4);
    }
}

package dev.tidemark.evaluation.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.evaluation.history.RangeException;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.RangeManifest;
import dev.tidemark.evaluation.history.Ranges;
import dev.tidemark.evaluation.replay.Replay.Difference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real installation recorded, exported by it, with one record altered. */
class RecordedRangeTest {

    @TempDir
    private Path folder;

    private Path range = Path.of("recorded.jsonl");

    @BeforeEach
    void copy() throws IOException {
        range = folder.resolve("recorded.jsonl");
        for (String name : List.of("recorded.jsonl", "recorded.jsonl.manifest.json")) {
            try (InputStream in = RecordedRangeTest.class.getResourceAsStream("/history/" + name)) {
                Files.copy(Objects.requireNonNull(in, name), folder.resolve(name));
            }
        }
    }

    @Test
    void comesOutTheSame() {
        try (RangeFile recorded = RangeFile.open(range)) {
            Replay.Result result = Replay.of(recorded);
            assertThat(recorded.manifest().records()).isGreaterThan(200);
            assertThat(result.decisions()).isGreaterThan(50);
            assertThat(result.selections()).isGreaterThan(30);
            assertThat(result.leftOut()).isZero();
            assertThat(result.differences()).isEmpty();
        }
    }

    @Test
    void anotherDigestOfATag() throws IOException {
        int line = alter(
                record -> record.contains("tag-discovered") && record.contains("registry-credentials|1.5.5\""),
                "\"digest\":\"sha256:",
                "\"digest\":\"sha256:0000");
        assertNamed(line);

        assertThat(replayed()).extracting(Difference::target).contains("local/ImagePolicy/flux-system/exact");
        assertThat(replayed())
                .filteredOn(one -> one.target().endsWith("/exact"))
                .singleElement()
                .satisfies(one -> assertThat(line(one)).contains("resolved to 1.5.5 with digest sha256:"));
    }

    @Test
    void anotherSelectionInADecision() throws IOException {
        int line = alter(
                record -> record.contains("policy-decided") && record.contains("ImagePolicy/flux-system/careful"),
                "\"selection\":[{\"tag\":\"1.6.0\"}]",
                "\"selection\":[{\"tag\":\"1.6.9\"}]");
        assertNamed(line);

        assertThat(replayed()).singleElement().satisfies(one -> {
            assertThat(one.target()).isEqualTo("local/ImagePolicy/flux-system/careful");
            assertThat(one.line()).isEqualTo(line);
        });
    }

    @Test
    void anotherSelection() throws IOException {
        int line = alter(
                record -> record.contains("tag-selected") && record.contains("ImagePolicy/flux-system/my-app"),
                "\"tags\":[{\"tag\":\"1.7.8\"}]",
                "\"tags\":[{\"tag\":\"1.7.9\"}]");
        assertNamed(line);

        assertThat(replayed()).singleElement().satisfies(one -> {
            assertThat(one.target()).isEqualTo("local/ImagePolicy/flux-system/my-app");
            assertThat(one.line()).isEqualTo(line);
        });
    }

    @Test
    void anotherAnnotationOfAPolicy() throws IOException {
        int line = alter(
                record -> record.contains("policy-declared"),
                "\"tidemark.dev/hold\":\"1.6.0\"",
                "\"tidemark.dev/hold\":\"1.5.1\"");
        assertNamed(line);

        assertThat(replayed()).singleElement().satisfies(one -> {
            assertThat(one.target()).isEqualTo("local/ImagePolicy/flux-system/careful");
            assertThat(line(one)).contains("resolved to 1.6.0");
        });
    }

    /** The file alone shows where it was altered; whoever makes a manifest for it, too, leaves it to the replay. */
    private void assertNamed(int line) {
        assertThatThrownBy(() -> RangeFile.open(range))
                .isInstanceOf(RangeException.class)
                .hasMessageStartingWith("lines 1 to 361 of recorded.jsonl are not what was exported");
        assertThat(line).isBetween(2, 360);
        try {
            RangeManifest.of(range).writeBeside(range);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Difference> replayed() {
        try (RangeFile altered = RangeFile.open(range)) {
            return Replay.of(altered).differences();
        }
    }

    private String line(Difference difference) throws IOException {
        return Files.readAllLines(range).get((int) difference.line() - 1);
    }

    /** Alters the last record that is one of these and has the words. */
    private int alter(Predicate<String> which, String before, String after) throws IOException {
        List<String> lines = Files.readAllLines(range);
        int last = IntStream.range(0, lines.size())
                .filter(i -> which.test(lines.get(i)) && lines.get(i).contains(before))
                .max()
                .orElseThrow();
        Ranges.edit(range, all -> {
            all.set(last, all.get(last).replace(before, after));
            return all;
        });
        return last + 1;
    }
}

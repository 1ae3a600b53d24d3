package dev.tidemark.evaluation.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a range is seen, and the place is named. */
class AlteredRangeTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final int RECORDS = 25_000;

    @TempDir
    private Path folder;

    private Path range = Path.of("range.jsonl");

    @BeforeEach
    void write() throws IOException {
        List<HistoryRecord> records = new ArrayList<>();
        for (int offset = 0; offset < RECORDS; offset++) {
            byte[] value = ("{\"number\":" + offset + "}").getBytes(UTF_8);
            records.add(Ranges.record(Topic.TAG_DISCOVERED, offset % 2, offset, NOON, "key", value));
        }
        range = Ranges.write(folder.resolve("range.jsonl"), Ranges.header(2, NOON, NOON.plusSeconds(60)), records);
    }

    @Test
    void theManifestHasWhatSha256sumSays() throws Exception {
        byte[] sha = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(range));

        assertThat(Files.readString(folder.resolve("range.jsonl.manifest.json")))
                .contains(HexFormat.of().formatHex(sha));
        assertThat(RangeManifest.read(range).blocks()).hasSize(3);
    }

    @Test
    void anAlteredValue() {
        edit(lines -> replaced(lines, 12_345, lines.get(12_345).replace("number", "nunber")));

        assertRefused("lines 10,001 to 20,000 of range.jsonl are not what was exported;"
                + " copy it again from where it was exported, or export it again");
    }

    @Test
    void anAlteredLastBlock() {
        edit(lines -> replaced(lines, 25_000, lines.get(25_000).replace("number", "nunber")));

        assertRefused("lines 20,001 to 25,002 of range.jsonl are not what was exported");
    }

    @Test
    void aRecordThatIsMissing() {
        edit(lines -> {
            lines.remove(12_345);
            return lines;
        });

        assertRefused("lines 10,001 to 20,000 of range.jsonl are not what was exported");
    }

    @Test
    void aCutFile() {
        edit(lines -> lines.subList(0, 17_203));

        assertRefused("range.jsonl is cut, it ends after line 17,203 of 25,002");
    }

    @Test
    void aFileThatIsCutAtABlocksEnd() {
        edit(lines -> lines.subList(0, 20_000));

        assertRefused("range.jsonl is cut, it ends after line 20,000 of 25,002");
    }

    @Test
    void aFileThatEndsWithinALine() throws IOException {
        byte[] bytes = Files.readAllBytes(range);
        Files.write(range, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> RangeFile.open(range))
                .hasMessageMatching("range.jsonl ends within line 12,[0-9]{3} of 25,002; copy it again.*");
    }

    @Test
    void anEmptyFile() throws IOException {
        Files.write(range, new byte[0]);

        assertRefused("range.jsonl is empty");
    }

    @Test
    void aLineThatIsNoJson() {
        edit(lines -> replaced(lines, 6, "{\"topic\":garbled"));

        assertRefused("line 7 of range.jsonl cannot be read: it is no JSON from column 1");
    }

    @Test
    void aLineThatIsNoRecord() {
        edit(lines -> replaced(lines, 6, lines.get(6).replace("\"offset\":", "\"offset\":1.5,\"x\":")));

        assertRefused("line 7 of range.jsonl cannot be read: the member 'offset' is no whole number");
    }

    @Test
    void recordsOutOfOrder() {
        edit(lines -> {
            Collections.swap(lines, 6, 7);
            return lines;
        });

        assertRefused("line 8 of range.jsonl cannot be read: it is out of order, offset 10 of tag-discovered-0"
                + " follows offset 12");
    }

    @Test
    void recordsOfOnePartitionInTwoPlaces() {
        edit(lines -> {
            lines.add(20_000, lines.remove(6));
            return lines;
        });

        assertThatThrownBy(() -> RangeManifest.of(range))
                .hasMessageStartingWith("line 20,001 of range.jsonl cannot be read: it is out of order, the records of"
                        + " tag-discovered-0 stand together");
    }

    @Test
    void aPartitionThatTheLogHasNot() {
        edit(lines -> replaced(lines, 1, lines.get(1).replace("\"partition\":0", "\"partition\":2")));

        assertRefused("line 2 of range.jsonl cannot be read: its partition is 2, and the log has 2");
    }

    @Test
    void anotherNumberInTheLastLine() {
        edit(lines -> replaced(lines, RECORDS + 1, "{\"records\":24999}"));

        assertRefused("lines 20,001 to 25,002 of range.jsonl are not what was exported");
        assertThatThrownBy(() -> RangeManifest.of(range))
                .hasMessageStartingWith(
                        "the last line of range.jsonl says that there are 24,999 records, and there are 25,000");
    }

    @Test
    void whatFollowsTheEnd() {
        edit(lines -> {
            lines.add(lines.get(3));
            return lines;
        });

        assertRefused("line 25,003 of range.jsonl cannot be read: it follows what says that it is the last one");
    }

    @Test
    void noManifest() throws IOException {
        Files.delete(folder.resolve("range.jsonl.manifest.json"));

        assertRefused(folder.resolve("range.jsonl.manifest.json") + " is missing: without it nobody sees whether"
                + " range.jsonl was altered; copy it from where the range was exported");
    }

    @Test
    void anAlteredManifest() throws IOException {
        Path manifest = folder.resolve("range.jsonl.manifest.json");
        RangeManifest is = RangeManifest.read(range);
        new RangeManifest("0".repeat(64), is.bytes(), is.records(), is.blocks()).writeBeside(range);
        assertRefused("the manifest of range.jsonl was altered");

        Files.writeString(manifest, "{\"format\":\"tidemark-range-manifest/v1\"");
        assertRefused(manifest + " is no manifest of a range: it is no JSON");
        Files.writeString(manifest, "{\"format\":\"tidemark-range-manifest/v1\",\"linesPerBlock\":10000}");
        assertRefused(manifest + " is no manifest of a range: a SHA-256 is missing");
    }

    @Test
    void aLaterFormat() throws IOException {
        Path manifest = folder.resolve("range.jsonl.manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest).replace("tidemark-range-manifest/v1", "tidemark-range-manifest/v2"));
        assertRefused(manifest + " is no manifest of a range: its format is 'tidemark-range-manifest/v2' and this"
                + " version reads tidemark-range-manifest/v1");

        edit(lines -> replaced(lines, 0, lines.getFirst().replace("tidemark-range/v1", "tidemark-range/v2")));
        assertThatThrownBy(() -> RangeManifest.of(range))
                .hasMessageStartingWith("line 1 of range.jsonl cannot be read: its format is tidemark-range/v2 and"
                        + " this version reads tidemark-range/v1: use the version that exported it");
    }

    @Test
    void anotherFile() throws IOException {
        Files.writeString(range, "apiVersion: v1\n");
        assertRefused("line 1 of range.jsonl cannot be read: it is no JSON");

        Files.writeString(range, "{}\n");
        assertRefused("line 1 of range.jsonl cannot be read: it is no header of a range, which ./tidemark export");
    }

    @Test
    void topicsAndMembersOfTomorrowAreNoMistake() {
        edit(lines -> {
            lines.add(1, "{\"topic\":\"of-tomorrow\",\"partition\":0,\"offset\":0,\"at\":\"2026-11-22T12:00:00Z\"}");
            lines.set(2, lines.get(2).replace("\"offset\"", "\"tomorrow\":{\"a\":[1]},\"offset\""));
            return replaced(lines, RECORDS + 2, "{\"records\":25001}");
        });
        assertThat(RangeManifest.of(range).records()).isEqualTo(25_001);
        assertThat(RangeScan.of(range, null).foreign()).isEqualTo(1);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> RangeFile.open(range))
                .isInstanceOf(RangeException.class)
                .hasMessageStartingWith(message);
    }

    private void edit(UnaryOperator<List<String>> edit) {
        try {
            Ranges.edit(range, edit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> replaced(List<String> lines, int index, String line) {
        lines.set(index, line);
        return lines;
    }
}

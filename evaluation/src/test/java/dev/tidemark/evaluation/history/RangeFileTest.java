package dev.tidemark.evaluation.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeFileTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final RangeHeader HEADER = Ranges.header(4, NOON, NOON.plusSeconds(3600));
    private static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Event tag = new Event.TagDiscovered(
                FEED, "1.0.0", null, new Scan("scan", NOON, 3L, 1L), Event.Scope.TAG, NOON.plusNanos(1_000));
        var moved = new HistoryRecord(
                Topic.POLICY_DECLARED,
                1,
                0,
                NOON,
                "a|b",
                new Withdrawal.Moved(new ImageName("ghcr.io/my-org/other")),
                null,
                null);
        var moved2 =
                new HistoryRecord(Topic.POLICY_DECLARED, 1, 2, NOON, "a|b", new Withdrawal.Moved(null), null, null);
        var forgotten = new HistoryRecord(
                Topic.TAG_DISCOVERED, 1, 9, NOON.plusNanos(7), "k\n\"ü", new Withdrawal.Deleted(), 4L, null);

        try (RangeFile range = open(
                List.of(Ranges.record(1, 5, NOON, tag), forgotten, moved, moved2, Ranges.record(2, 0, NOON, tag)))) {
            assertThat(range.header()).isEqualTo(HEADER);
            List<HistoryRecord> tags = all(range, Topic.TAG_DISCOVERED, 1);
            assertThat(tags).hasSize(2);
            assertThat(EventCodec.decode(Objects.requireNonNull(tags.getFirst().value()))
                            .event())
                    .isEqualTo(tag);
            assertThat(tags.getLast()).isEqualTo(forgotten);
            assertThat(all(range, Topic.POLICY_DECLARED, 1)).containsExactly(moved, moved2);
            assertThat(all(range, Topic.TAG_DISCOVERED, 2)).hasSize(1);
            assertThat(all(range, Topic.TAG_DISCOVERED, 3)).isEmpty();
            assertThat(range.manifest().records()).isEqualTo(5);
        }
    }

    @Test
    void aRecordIsReadAgainWhereItsCursorFoundIt() throws IOException {
        List<HistoryRecord> records = new ArrayList<>();
        for (int offset = 0; offset < 300; offset++) {
            String value = "{\"n\":" + offset + ",\"text\":\"" + "x".repeat(offset * 97 % 5_000) + "\"}";
            records.add(Ranges.record(Topic.POLICY_DECIDED, 0, offset, NOON, "key", value.getBytes(UTF_8)));
        }
        try (RangeFile range = open(records)) {
            RecordedHistory.Cursor cursor = range.open(new Place(Topic.POLICY_DECIDED, 0));
            List<Long> positions = new ArrayList<>();
            for (int offset = 0; offset < 300; offset++) {
                if (offset % 2 == 0) {
                    assertThat(cursor.peek()).isPresent();
                }
                assertThat(cursor.line()).isEqualTo(offset + 2);
                positions.add(cursor.position());
                cursor.advance();
            }
            assertThat(cursor.peek()).isEmpty();
            for (int offset = 299; offset >= 0; offset--) {
                HistoryRecord again = range.at(positions.get(offset));
                assertThat(again.offset()).isEqualTo(offset);
                assertThat(again.value()).isEqualTo(records.get(offset).value());
            }
        }
    }

    /** What no version of ours wrote is kept, too: an auditor sees what was there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"dev.tidemark.of-tomorrow.v9\",\"number\":12345678901234567890123,\"float\":1.50}",
                "{ \"pretty\" :\n  [1,\r\n 2] }",
                "{\"cut\":",
                "{} {}",
                "[1]",
                "7",
                "",
                "\u0000\u0001\u0002",
                "{\"escaped\":\"\\u2028 \\n\"}"
            })
    void aValueIsKeptAsItIs(String value) throws IOException {
        HistoryRecord record = Ranges.record(Topic.TAG_DISCOVERED, 0, 0, NOON, "key", value.getBytes(UTF_8));

        try (RangeFile range = open(List.of(record))) {
            String read = text(all(range, Topic.TAG_DISCOVERED, 0).getFirst());
            assertThat(read).isEqualTo(value.replace('\n', ' ').replace('\r', ' '));
        }
    }

    @Test
    void bytesThatAreNoTextAreKept() throws IOException {
        byte[] value = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};

        try (RangeFile range = open(List.of(Ranges.record(Topic.TAG_DISCOVERED, 0, 0, NOON, "key", value)))) {
            assertThat(all(range, Topic.TAG_DISCOVERED, 0).getFirst().value()).isEqualTo(value);
        }
    }

    @Test
    void aValueMayBeAsDeepAsAnyOtherJson() throws IOException {
        String deep = "{\"a\":" + "[".repeat(998) + "]".repeat(998) + "}";

        try (RangeFile range =
                open(List.of(Ranges.record(Topic.TAG_DISCOVERED, 0, 0, NOON, "key", deep.getBytes(UTF_8))))) {
            assertThat(text(all(range, Topic.TAG_DISCOVERED, 0).getFirst())).isEqualTo(deep);
        }
    }

    @Test
    void anEmptyRangeIsOne() throws IOException {
        try (RangeFile range = open(List.of())) {
            assertThat(range.manifest().records()).isZero();
            assertThat(all(range, Topic.TAG_DISCOVERED, 0)).isEmpty();
        }
    }

    @Test
    void whatIsOutOfOrderIsNotWritten() throws IOException {
        RangeWriter writer = new RangeWriter(new ByteArrayOutputStream(), HEADER);
        writer.write(record(1, 5));
        assertThatThrownBy(() -> writer.write(record(1, 5))).hasMessage("offset 5 of tag-discovered-1 follows 5");
        writer.write(record(2, 1));
        assertThatThrownBy(() -> writer.write(record(1, 6)))
                .hasMessage("the records of tag-discovered-1 stand together");
        assertThatThrownBy(() -> writer.write(record(4, 1)))
                .hasMessage("tag-discovered-4 is no partition of a log that has 4");
    }

    private static HistoryRecord record(int partition, long offset) {
        return Ranges.record(Topic.TAG_DISCOVERED, partition, offset, NOON, "key", null);
    }

    private RangeFile open(List<HistoryRecord> records) throws IOException {
        return RangeFile.open(Ranges.write(folder.resolve("range.jsonl"), HEADER, records));
    }

    private static List<HistoryRecord> all(RangeFile range, Topic topic, int partition) {
        List<HistoryRecord> found = new ArrayList<>();
        RecordedHistory.Cursor cursor = range.open(new Place(topic, partition));
        while (cursor.peek().isPresent()) {
            found.add(cursor.peek().get());
            cursor.advance();
        }
        return found;
    }

    private static String text(HistoryRecord record) {
        byte @Nullable [] value = record.value();
        assertThat(value).isNotNull();
        return new String(value, UTF_8);
    }
}

package dev.tidemark.evaluation.history;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Topic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ranges for tests: written as an export writes them. */
public final class Ranges {

    private Ranges() {}

    /** A header of a range that was exported at a time. */
    public static RangeHeader header(int partitions, Instant since, Instant until) {
        return new RangeHeader("local", "test", partitions, since.minus(Duration.ofHours(24)), since, until);
    }

    /** A record of an event. */
    public static HistoryRecord record(int partition, long offset, Instant at, Event event) {
        Envelope<Event> envelope = Envelope.first(event, "test", at);
        return record(envelope.type().topic(), partition, offset, at, Keys.of(event), EventCodec.encode(envelope));
    }

    /** A record of any bytes. */
    public static HistoryRecord record(
            Topic topic, int partition, long offset, Instant at, String key, byte @Nullable [] value) {
        return new HistoryRecord(topic, partition, offset, at, key, new Withdrawal.Deleted(), null, value);
    }

    /** Writes records, whatever their order, into a file with a manifest. */
    public static Path write(Path file, RangeHeader header, List<HistoryRecord> records) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            RangeWriter writer = new RangeWriter(out, header);
            List<HistoryRecord> sorted = records.stream()
                    .sorted(Comparator.comparing(HistoryRecord::place).thenComparing(HistoryRecord::offset))
                    .toList();
            for (HistoryRecord record : sorted) {
                writer.write(record);
            }
            writer.end();
        }
        RangeManifest.of(file).writeBeside(file);
        return file;
    }

    /** Alters a file as somebody might who knows nothing of its manifest. */
    public static void edit(Path file, UnaryOperator<List<String>> edit) throws IOException {
        List<String> lines = edit.apply(new ArrayList<>(Files.readAllLines(file)));
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}

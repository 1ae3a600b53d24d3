package dev.tidemark.evaluation.history;

import dev.tidemark.evaluation.history.HistoryRecord.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A range that is what was exported. */
public final class RangeFile implements RecordedHistory, AutoCloseable {

    /** Few lines are read out of their order; most are decisions. */
    private static final int ROOM_FOR_ONE = 4 * 1024;

    private final FileChannel file;
    private final RangeScan.Outcome scanned;
    private final Runnable taken;

    private RangeFile(FileChannel file, RangeScan.Outcome scanned, Runnable taken) {
        this.file = file;
        this.scanned = scanned;
        this.taken = taken;
    }

    /**
     * Opens a range once every line of it is known to be what was exported.
     *
     * @throws RangeException naming the place where it is not, and what helps
     */
    public static RangeFile open(Path range) {
        return open(range, () -> {});
    }

    /**
     * The same for somebody who wants to know how far its readers are.
     *
     * @param taken runs for each record that a cursor leaves behind
     */
    public static RangeFile open(Path range, Runnable taken) {
        if (!Files.exists(range)) {
            throw new RangeException(range + " does not exist: name a file that ./tidemark export wrote");
        }
        RangeScan.Outcome scanned = RangeScan.of(range, RangeManifest.read(range));
        try {
            return new RangeFile(FileChannel.open(range), scanned, taken);
        } catch (IOException unreadable) {
            throw new RangeException(range + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public RangeHeader header() {
        return scanned.header();
    }

    public RangeManifest manifest() {
        return scanned.manifest();
    }

    /** How many records are of topics that this version does not know. */
    public long foreign() {
        return scanned.foreign();
    }

    @Override
    public Cursor open(Place place) {
        Map<Place, RangeScan.Section> sections = scanned.sections();
        RangeScan.Section section = sections.get(place);
        return section == null
                ? new Lines(new LineReader(file, 0, 0, 0), 0, taken)
                : new Lines(new LineReader(file, section.start(), section.end()), section.firstLine(), taken);
    }

    @Override
    public HistoryRecord at(long position) {
        return new Lines(new LineReader(file, position, Long.MAX_VALUE, ROOM_FOR_ONE), 0, taken)
                .peek()
                .orElseThrow(() -> new IllegalArgumentException("no record is at " + position));
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a section, of which only the next one is held. */
    private static final class Lines implements Cursor {

        private final LineReader reader;
        private final Runnable taken;
        private long line;
        private @Nullable HistoryRecord next;

        Lines(LineReader reader, long line, Runnable taken) {
            this.reader = reader;
            this.line = line;
            this.taken = taken;
        }

        @Override
        public Optional<HistoryRecord> peek() {
            if (next == null) {
                byte[] bytes = reader.next();
                next = bytes == null ? null : record(bytes);
            }
            return Optional.ofNullable(next);
        }

        private HistoryRecord record(byte[] bytes) {
            try {
                if (RangeParser.line(bytes) instanceof RangeParser.Line.OfLog(HistoryRecord record)) {
                    return record;
                }
            } catch (RangeParser.MalformedException altered) {
                throw new RangeException(
                        "line " + line + " was altered since the file was opened: " + altered.getMessage(), altered);
            }
            throw new RangeException("line " + line + " was altered since the file was opened: it is no record");
        }

        @Override
        public void advance() {
            if (peek().isPresent()) {
                next = null;
                line++;
                taken.run();
            }
        }

        @Override
        public long position() {
            return next == null ? reader.position() : reader.start();
        }

        @Override
        public long line() {
            return line;
        }
    }
}

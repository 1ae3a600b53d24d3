package dev.tidemark.evaluation.history;

import dev.tidemark.evaluation.history.HistoryRecord.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look at every line of a range: what it is, where its sections lie, and whether it is what was exported. */
final class RangeScan {

    private static final String REMEDY = "; copy it again from where it was exported, or export it again";

    private final String name;
    private final @Nullable RangeManifest manifest;
    private final RangeDigest digest = new RangeDigest();
    private final Map<Place, Section> sections = new HashMap<>();
    private @Nullable RangeHeader header;
    private @Nullable Section current;
    private @Nullable Long said;
    private long lines;
    private long foreign;

    private RangeScan(String name, @Nullable RangeManifest manifest) {
        this.name = name;
        this.manifest = manifest;
    }

    /**
     * All that a file tells of itself.
     *
     * @param sections where the records of each partition lie
     * @param foreign how many records are of topics that this version does not know
     */
    record Outcome(RangeHeader header, Map<Place, Section> sections, RangeManifest manifest, long foreign) {}

    /** A run of lines. */
    static final class Section {
        private final Place place;
        private final long start;
        private final long firstLine;
        private long end;
        private long lastOffset = -1;

        private Section(Place place, long start, long firstLine) {
            this.place = place;
            this.start = start;
            this.firstLine = firstLine;
            this.end = start;
        }

        long start() {
            return start;
        }

        /** Behind the last line. */
        long end() {
            return end;
        }

        long firstLine() {
            return firstLine;
        }
    }

    /**
     * Looks at a range.
     *
     * @param manifest what it has to be; null where that is not known yet
     * @throws RangeException if it is not that, or no range
     */
    static Outcome of(Path range, @Nullable RangeManifest manifest) {
        try (FileChannel file = FileChannel.open(range)) {
            return new RangeScan(String.valueOf(range.getFileName()), manifest).scan(file);
        } catch (IOException | UncheckedIOException unreadable) {
            throw new RangeException(range + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private Outcome scan(FileChannel file) throws IOException {
        long size = file.size();
        var reader = new LineReader(file, 0, size);
        for (byte[] line = next(reader); line != null; line = next(reader)) {
            lines++;
            if (reader.position() - reader.start() == line.length) {
                throw new RangeException(name + " ends within line " + number(lines) + expected() + REMEDY);
            }
            digest.add(line);
            read(line, reader);
            blocks();
        }
        return outcome(size);
    }

    private byte @Nullable [] next(LineReader reader) {
        try {
            return reader.next();
        } catch (LineReader.TooLongException far) {
            throw new RangeException(line(lines + 1) + " is longer than any that is exported" + REMEDY, far);
        }
    }

    private void read(byte[] line, LineReader at) {
        try {
            if (header == null) {
                header = RangeParser.header(line);
                return;
            }
            if (said != null) {
                throw new RangeParser.MalformedException("it follows what says that it is the last one");
            }
            switch (RangeParser.line(line)) {
                case RangeParser.Line.OfLog(HistoryRecord record) -> record(record, header, at);
                case RangeParser.Line.Foreign other -> {
                    foreign++;
                    current = null;
                }
                case RangeParser.Line.End(long records) -> said = records;
            }
        } catch (RangeParser.MalformedException wrong) {
            throw new RangeException(line(lines) + " cannot be read: " + wrong.getMessage() + REMEDY, wrong);
        }
    }

    private void record(HistoryRecord record, RangeHeader of, LineReader at) throws RangeParser.MalformedException {
        Place place = record.place();
        if (place.partition() < 0 || place.partition() >= of.partitions()) {
            throw new RangeParser.MalformedException(
                    "its partition is " + place.partition() + ", and the log has " + of.partitions());
        }
        Section section = current;
        if (section == null || !section.place.equals(place)) {
            section = new Section(place, at.start(), lines);
            current = section;
            if (sections.put(place, section) != null) {
                throw new RangeParser.MalformedException(
                        "it is out of order, the records of " + place.text() + " stand together");
            }
        }
        if (record.offset() <= section.lastOffset) {
            throw new RangeParser.MalformedException("it is out of order, offset " + record.offset() + " of "
                    + place.text() + " follows offset " + section.lastOffset);
        }
        section.lastOffset = record.offset();
        section.end = at.position();
    }

    /** Compares as far as the file is read: the first block that differs is named before anything else of it is. */
    private void blocks() {
        if (lines % RangeManifest.LINES_PER_BLOCK == 0) {
            digest.endBlock();
            compare();
        }
    }

    private void compare() {
        int block = digest.blocks().size();
        if (manifest == null || block == 0) {
            return;
        }
        boolean more = block > manifest.blocks().size();
        if (more || !manifest.blocks().get(block - 1).equals(digest.blocks().getLast())) {
            long first = (block - 1L) * RangeManifest.LINES_PER_BLOCK + 1;
            throw new RangeException("lines " + number(first) + " to " + number(lines) + " of " + name
                    + (more ? " were not exported" : " are not what was exported") + REMEDY);
        }
    }

    private Outcome outcome(long size) {
        if (header == null) {
            throw new RangeException(name + " is empty" + REMEDY);
        }
        if (said == null) {
            throw new RangeException(name + " is cut, it ends after line " + number(lines) + expected() + REMEDY);
        }
        if (lines % RangeManifest.LINES_PER_BLOCK != 0) {
            digest.endBlock();
            compare();
        }
        long records = lines - 2;
        if (said != records) {
            throw new RangeException("the last line of " + name + " says that there are " + number(said)
                    + " records, and there are " + number(records) + REMEDY);
        }
        var is = new RangeManifest(digest.ofAll(), size, records, digest.blocks());
        if (manifest != null && !manifest.equals(is)) {
            boolean cut = manifest.blocks().size() > is.blocks().size();
            throw new RangeException(
                    cut
                            ? name + " is cut, it ends after line " + number(lines) + expected() + REMEDY
                            : "the manifest of " + name + " was altered: what it says of the whole file is not what it"
                                    + " says of its parts; copy both again from where they were exported");
        }
        return new Outcome(header, sections, is, foreign);
    }

    private String expected() {
        return manifest == null ? "" : " of " + number(manifest.records() + 2);
    }

    private String line(long number) {
        return "line " + number(number) + " of " + name;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

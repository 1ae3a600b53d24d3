package dev.tidemark.evaluation.history;

import dev.tidemark.evaluation.history.HistoryRecord.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a range: all records of a partition of a topic together and in the order of their offsets. Who does not come to
 * {@link #end()} has written one that is cut, as everybody sees who reads it.
 */
public final class RangeWriter {

    private final OutputStream out;
    private final int partitions;
    private final Set<Place> finished = new HashSet<>();
    private @Nullable Place current;
    private long offset;
    private long records;

    /**
     * Writes the header.
     *
     * @param out better with a buffer; stays open
     * @throws IOException of the stream, as in all of these
     */
    public RangeWriter(OutputStream out, RangeHeader header) throws IOException {
        this.out = out;
        this.partitions = header.partitions();
        out.write(RangeLines.header(header));
    }

    /** @throws IllegalArgumentException for one that is out of order */
    public void write(HistoryRecord record) throws IOException {
        Place place = record.place();
        if (place.partition() < 0 || place.partition() >= partitions) {
            throw new IllegalArgumentException(place.text() + " is no partition of a log that has " + partitions);
        }
        if (!place.equals(current)) {
            if (!finished.add(place)) {
                throw new IllegalArgumentException("the records of " + place.text() + " stand together");
            }
            current = place;
        } else if (record.offset() <= offset) {
            throw new IllegalArgumentException(
                    "offset " + record.offset() + " of " + place.text() + " follows " + offset);
        }
        offset = record.offset();
        out.write(RangeLines.record(record));
        records++;
    }

    /** Writes the last line: nothing is cut off. */
    public void end() throws IOException {
        out.write(RangeLines.end(records));
        out.flush();
    }

    /** How many records were written. */
    public long records() {
        return records;
    }
}

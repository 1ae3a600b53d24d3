package dev.tidemark.benchmarks.history;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RangeWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;

/** Records as they come, sorted by where they lie: in files, since a range wants each partition's together. */
final class SpilledRecords {

    private final Path folder;
    private final TreeMap<Place, Spill> spills = new TreeMap<>();

    private static final class Spill {
        private final Path file;
        private final DataOutputStream out;
        private long offset;

        Spill(Path file) throws IOException {
            this.file = file;
            this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
        }
    }

    SpilledRecords(Path folder) {
        this.folder = folder;
    }

    /** @return the record's offset */
    long add(Place place, Instant at, String key, byte[] value) throws IOException {
        Spill spill = spills.get(place);
        if (spill == null) {
            spill = new Spill(Files.createTempFile(folder, place.text(), ".spill"));
            spills.put(place, spill);
        }
        spill.out.writeLong(at.toEpochMilli());
        spill.out.writeUTF(key);
        spill.out.writeInt(value.length);
        spill.out.write(value);
        return spill.offset++;
    }

    void copyTo(RangeWriter writer) throws IOException {
        for (var one : spills.entrySet()) {
            Spill spill = one.getValue();
            spill.out.close();
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(spill.file)))) {
                for (long offset = 0; offset < spill.offset; offset++) {
                    Instant at = Instant.ofEpochMilli(in.readLong());
                    String key = in.readUTF();
                    writer.write(new HistoryRecord(
                            one.getKey().topic(),
                            one.getKey().partition(),
                            offset,
                            at,
                            key,
                            new Withdrawal.Deleted(),
                            null,
                            in.readNBytes(in.readInt())));
                }
            }
            Files.delete(spill.file);
        }
    }
}

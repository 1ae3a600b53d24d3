package dev.tidemark.evaluation.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a range was when it was exported: who has it beside the file sees what was altered since, and where.
 *
 * @param sha256 of the file in hex, as {@code sha256sum} says it
 * @param blocks the same of each {@link #LINES_PER_BLOCK} lines
 */
public record RangeManifest(String sha256, long bytes, long records, List<String> blocks) {

    /** So many lines are named where they differ: some megabytes, which a person can compare. */
    public static final int LINES_PER_BLOCK = 10_000;

    private static final String SUFFIX = ".manifest.json";

    public RangeManifest {
        blocks = List.copyOf(blocks);
    }

    /** Where the manifest of a range lies. */
    public static Path beside(Path range) {
        return range.resolveSibling(range.getFileName() + SUFFIX);
    }

    /**
     * Of a range that has just been written.
     *
     * @throws RangeException if it is none, or cut
     */
    public static RangeManifest of(Path range) {
        return RangeScan.of(range, null).manifest();
    }

    /** Writes it into {@link #beside}: whole or not at all. */
    public void writeBeside(Path range) throws IOException {
        Path beside = beside(range);
        Path next = beside.resolveSibling(beside.getFileName() + ".new");
        try {
            Files.write(next, ManifestJson.write(this));
            Files.move(next, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** The one that lies beside a range. */
    static RangeManifest read(Path range) {
        Path beside = beside(range);
        try {
            return ManifestJson.read(Files.readAllBytes(beside));
        } catch (NoSuchFileException missing) {
            throw new RangeException(
                    beside + " is missing: without it nobody sees whether " + range.getFileName()
                            + " was altered; copy it from where the range was exported",
                    missing);
        } catch (IOException unreadable) {
            throw new RangeException(beside + " cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (RangeParser.MalformedException wrong) {
            throw new RangeException(
                    beside + " is no manifest of a range: " + wrong.getMessage()
                            + "; copy it from where the range was exported",
                    wrong);
        }
    }
}

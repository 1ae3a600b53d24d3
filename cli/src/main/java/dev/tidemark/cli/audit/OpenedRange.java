package dev.tidemark.cli.audit;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.evaluation.history.RangeException;
import dev.tidemark.evaluation.history.RangeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A range to look into.
 *
 * @param name what people know it by
 * @param file every line of which is what was exported
 * @param folder with it, to be deleted; empty where the range stays
 */
public record OpenedRange(String name, RangeFile file, Optional<Path> folder) implements AutoCloseable {

    private static final String UNNAMED = "the range";

    /** @throws UserError naming the place where the file is not what was exported */
    public static OpenedRange of(Path file, Waiting waiting) {
        String name = String.valueOf(file.getFileName());
        return new OpenedRange(name, opened(name, file, waiting), Optional.empty());
    }

    /** Exports what was recorded since then, for as long as it is looked into. */
    public static OpenedRange exported(Evaluator evaluator, Duration ago, Waiting waiting) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("tidemark-range");
            Path file = folder.resolve("range.jsonl");
            try {
                ExportedRange.export(evaluator, ago, file, false, waiting);
                return new OpenedRange(UNNAMED, opened(UNNAMED, file, waiting), Optional.of(folder));
            } catch (RuntimeException | InterruptedException failed) {
                delete(folder);
                throw failed;
            }
        } catch (IOException e) {
            throw new UserError(
                    "no folder for the export can be made below " + System.getProperty("java.io.tmpdir") + " ("
                            + e.getMessage() + ").",
                    e);
        }
    }

    /** What something reads in it. */
    public <T> T read(Function<RangeFile, T> reading) {
        try {
            return reading.apply(file);
        } catch (RangeException altered) {
            throw said(altered);
        }
    }

    private static RangeFile opened(String name, Path file, Waiting waiting) {
        Waiting.Part reading = waiting.reading(name);
        try {
            RangeFile opened = RangeFile.open(file, () -> reading.add(1));
            reading.of(opened.manifest().records());
            return opened;
        } catch (RangeException refused) {
            throw said(refused);
        }
    }

    private static UserError said(RangeException refused) {
        return new UserError(refused.getMessage() + '.', refused);
    }

    @Override
    public void close() {
        file.close();
        folder.ifPresent(OpenedRange::delete);
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the export in " + folder + " cannot be deleted", e);
        }
    }
}

package dev.tidemark.cli.audit;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.output.Tables;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.evaluation.history.RangeException;
import dev.tidemark.evaluation.history.RangeManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * A range of the log in a file, whole, with its manifest beside it.
 *
 * @param manifest what the file is, and what a copy of it must be
 */
public record ExportedRange(Path file, RangeManifest manifest) {

    /** For people. */
    public String text() {
        return Tables.align(List.of(
                List.of("Exported", Counts.of(manifest.records(), "record")),
                List.of("  file", file + " (" + Counts.of(manifest.bytes(), "byte") + ')'),
                List.of("  SHA-256", manifest.sha256()),
                List.of("  manifest", RangeManifest.beside(file).toString())));
    }

    /**
     * Exports what was recorded since then. The file appears under its name when it is whole and has a manifest.
     *
     * @param replace whether a file of that name may be replaced
     */
    public static ExportedRange export(Evaluator evaluator, Duration ago, Path file, boolean replace, Waiting waiting)
            throws InterruptedException {
        Path target = file.toAbsolutePath().normalize();
        if (!replace) {
            refuse(target);
            refuse(RangeManifest.beside(target));
        }
        try {
            Path part = Files.createTempFile(target.getParent(), "." + target.getFileName() + '.', ".part");
            try {
                try (OutputStream out = new CountedOutput(Files.newOutputStream(part), waiting.exporting())) {
                    evaluator.export(ago, out);
                }
                RangeManifest manifest = RangeManifest.of(part);
                name(part, manifest, target);
                return new ExportedRange(file, manifest);
            } finally {
                Files.deleteIfExists(RangeManifest.beside(part));
                Files.deleteIfExists(part);
            }
        } catch (RangeException cut) {
            throw new UserError(
                    "the export ended before it was whole: './tidemark logs' says why; nothing was written to " + file
                            + '.',
                    cut);
        } catch (IOException disk) {
            throw new UserError(file + " cannot be written (" + disk.getMessage() + "): name another with -o.", disk);
        }
    }

    /** Gives both their names, or leaves what had them. */
    private static void name(Path part, RangeManifest manifest, Path target) throws IOException {
        Path beside = RangeManifest.beside(target);
        Path before = Files.exists(beside) ? Files.write(RangeManifest.beside(part), Files.readAllBytes(beside)) : null;
        boolean named = false;
        try {
            manifest.writeBeside(target);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            named = true;
        } finally {
            if (!named && before == null) {
                Files.deleteIfExists(beside);
            } else if (!named) {
                Files.move(before, beside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void refuse(Path file) {
        if (Files.exists(file)) {
            throw new UserError(file + " exists: name another file with -o, or replace it with --force.");
        }
    }
}

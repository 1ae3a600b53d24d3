package dev.tidemark.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a measurement writes its figures, line by line: what a benchmark prints would stand among the build's output.
 *
 * @param file grows with each run
 */
public record Report(Path file) {

    /** Adds a line. */
    public void say(String line) {
        try {
            Files.writeString(
                    file, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the figures cannot be written to " + file, e);
        }
    }
}

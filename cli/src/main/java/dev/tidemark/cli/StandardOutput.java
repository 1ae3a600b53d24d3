package dev.tidemark.cli;

import dev.tidemark.cli.error.OutputClosed;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Standard output that tells of what it could not write. A print writer by itself keeps silent: a watch would go on for
 * nobody, and what a full disk lost would not be missed.
 */
final class StandardOutput extends FilterOutputStream {

    private StandardOutput() {
        super(new FileOutputStream(FileDescriptor.out));
    }

    /** In UTF-8 wherever it goes, as kubectl's: a pipe in a job without a locale wants the same documents. */
    static PrintWriter writer() {
        return new PrintWriter(new StandardOutput(), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(byte[] bytes, int begin, int length) {
        try {
            out.write(bytes, begin, length);
        } catch (IOException e) {
            // "Broken pipe", in whatever language
            throw String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")
                    ? new OutputClosed(e)
                    : new UncheckedIOException("standard output cannot be written", e);
        }
    }
}

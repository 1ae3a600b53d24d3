package dev.tidemark.evaluation.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** The lines of a part of a file, one at a time. Several may read the same file. */
final class LineReader {

    private static final int BUFFER = 64 * 1024;

    /** Twice the largest value of a record in base64. */
    static final int MAX_LINE = 24 * 1024 * 1024;

    private final FileChannel file;
    private final ByteBuffer buffer;
    private long position;
    private final long end;
    private long start;

    /**
     * @param from position of the first line
     * @param to position behind the last one
     * @param room how much is read at once: little where only few lines are wanted
     */
    LineReader(FileChannel file, long from, long to, int room) {
        this.file = file;
        this.position = from;
        this.end = to;
        this.start = from;
        this.buffer = ByteBuffer.allocate(room).limit(0);
    }

    LineReader(FileChannel file, long from, long to) {
        this(file, from, to, BUFFER);
    }

    /** A line that is longer than any that is written. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The next line without its end; null behind the last one. */
    byte @Nullable [] next() {
        start = position - buffer.remaining();
        var line = new ByteArrayOutputStream();
        while (buffer.hasRemaining() || fill()) {
            int from = buffer.position();
            int to = from;
            while (to < buffer.limit() && buffer.get(to) != '\n') {
                to++;
            }
            line.write(buffer.array(), from, to - from);
            if (to < buffer.limit()) {
                buffer.position(to + 1);
                return line.toByteArray();
            }
            buffer.position(to);
            if (line.size() > MAX_LINE) {
                throw new TooLongException();
            }
        }
        return line.size() == 0 ? null : line.toByteArray();
    }

    /** Where the line begins that was read last. */
    long start() {
        return start;
    }

    /** Where the next line begins. */
    long position() {
        return position - buffer.remaining();
    }

    private boolean fill() {
        buffer.clear();
        try {
            buffer.limit((int) Math.min(buffer.capacity(), end - position));
            int read = buffer.hasRemaining() ? file.read(buffer, position) : -1;
            buffer.flip();
            if (read <= 0) {
                buffer.limit(0);
                return false;
            }
            position += read;
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

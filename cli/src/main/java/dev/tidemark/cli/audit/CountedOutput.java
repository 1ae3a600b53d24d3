package dev.tidemark.cli.audit;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What is written, counted for whoever waits for it. */
final class CountedOutput extends FilterOutputStream {

    private final Waiting.Part written;

    CountedOutput(OutputStream out, Waiting.Part written) {
        super(out);
        this.written = written;
    }

    @Override
    public void write(int one) throws IOException {
        out.write(one);
        written.add(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        written.add(length);
    }
}

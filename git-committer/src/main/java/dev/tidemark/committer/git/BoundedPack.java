package dev.tidemark.committer.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A pack as it arrives: ends with an error where it is, or says that it will be, larger than is taken. */
class BoundedPack extends FilterInputStream {

    /** {@code PACK}, the version, and the number of objects, in four bytes each. */
    private static final int COUNT_BEGINS = 8;

    private static final int COUNT_ENDS = 12;
    private static final int MIB = 1024 * 1024;

    private final PackLimits limits;
    private long read;
    private long objects;

    BoundedPack(InputStream in, PackLimits limits) {
        super(in);
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        for (int i = 0; i < count && read + i < COUNT_ENDS; i++) {
            if (read + i >= COUNT_BEGINS) {
                objects = objects << Byte.SIZE | Byte.toUnsignedInt(into[offset + i]);
            }
        }
        read += Math.max(0, count);
        if (read >= COUNT_ENDS && objects > limits.objects()) {
            throw new TooLargeException("the remote sends " + objects + " objects, and no more than " + limits.objects()
                    + " are taken: what is deployed belongs into a repository of its own");
        }
        if (read > limits.bytes()) {
            throw new TooLargeException("the remote sends more than " + limits.bytes() / MIB
                    + " MiB: raise tidemark.git-committer.max-pack, if the disk has room for twice of it");
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

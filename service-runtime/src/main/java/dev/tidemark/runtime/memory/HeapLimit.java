package dev.tidemark.runtime.memory;

/**
 * How far the heap may grow.
 *
 * @param bytes at most
 * @param from who says so, in words
 */
public record HeapLimit(long bytes, String from) {

    private static final long MEGABYTE = 1024L * 1024;

    public static String megabytes(long bytes) {
        return Math.ceilDiv(bytes, MEGABYTE) + "m";
    }

    @Override
    public String toString() {
        return megabytes(bytes) + " (" + from + ')';
    }
}

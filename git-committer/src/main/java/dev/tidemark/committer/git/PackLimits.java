package dev.tidemark.committer.git;

/**
 * How much a remote may send at once: what it announces is believed only so far, and it shares the disk and the heap with all
 * others. A clone is made anew once it has received so much, so that it never takes more than twice of it.
 *
 * @param bytes of a pack
 * @param objects in a pack
 */
public record PackLimits(long bytes, long objects) {

    /** A list of them is kept on the heap while a pack is read, about 100 bytes each; the largest monorepos have half of it. */
    public static final long MAX_OBJECTS = 1_000_000;
}

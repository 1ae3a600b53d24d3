package dev.tidemark.renderer.domain.render;

/**
 * How much one ResourceSet may render, all input sets together. Rendered objects are in memory all at once, so the heap
 * that there is decides; the steps are time on a processor that others want too.
 *
 * @param objects that are rendered, those that are dropped as repeated included
 * @param text characters of rendered text
 * @param steps as template bounds count them, five million to a second; keys and password hashes weigh as they take
 */
public record RenderLimits(int objects, long text, long steps) {

    /** A read object of a few lines takes some kilobytes; this leaves most of the heap to everybody else. */
    private static final long HEAP_FOR_AN_OBJECT = 16 * 1024;

    /** Text, the tree that is read from it and the text that is written from that. */
    private static final long HEAP_FOR_A_CHARACTER = 64;

    /** A cluster's status has no room for the names of more. */
    private static final int MOST_OBJECTS = 50_000;

    private static final long MOST_TEXT = 64L * 1024 * 1024;

    /** Ten thousand permutations of some objects with a few hundred steps each; or sixteen large keys. */
    private static final long MOST_STEPS = 50_000_000;

    /** @param heap the largest that it may become, in bytes */
    public static RenderLimits ofHeap(long heap) {
        return new RenderLimits(
                (int) Math.min(MOST_OBJECTS, heap / HEAP_FOR_AN_OBJECT),
                Math.min(MOST_TEXT, heap / HEAP_FOR_A_CHARACTER),
                MOST_STEPS);
    }
}

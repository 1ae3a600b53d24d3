package dev.tidemark.go.regexp;

/**
 * What was read so far at one level of parentheses: how large it gets when it is compiled, how often its repeats multiply, and
 * how high the tree of it is. Go limits all three.
 */
final class PatternLevel {

    /** Go's own limit, for the height of the tree. */
    private static final int MAX_HEIGHT = 1000;

    /** Go's own limit, for the product of nested repeats. */
    private static final int MAX_REPEAT = 1000;

    /** Bound of the compiled size in single characters: Go refuses at some millions, this is plenty. */
    private static final int MAX_WEIGHT = 200_000;

    private boolean ignoresCase;
    private boolean capturing;

    private long weight;
    private long repeat = 1;
    private int height;
    private int items;
    private boolean alternatives;

    /** The item that a repeat would apply to. */
    private long lastWeight;

    private long lastRepeat = 1;
    private int lastHeight;
    private boolean lastLiteral;

    PatternLevel(boolean ignoresCase) {
        this.ignoresCase = ignoresCase;
    }

    PatternLevel capturing() {
        capturing = true;
        return this;
    }

    boolean ignoresCase() {
        return ignoresCase;
    }

    void ignoreCase(boolean ignores) {
        ignoresCase = ignores;
    }

    long weight() {
        return weight;
    }

    /** Letters in a row are one item. */
    void literal() {
        items -= lastLiteral ? 1 : 0;
        item(1, 1, 1);
        lastLiteral = true;
    }

    void atom() {
        item(1, 1, 1);
    }

    void group(PatternLevel closed) {
        boolean literal = !closed.capturing && closed.items == 1 && closed.lastLiteral && !closed.alternatives;
        items -= literal && lastLiteral ? 1 : 0;
        item(closed.weight + 2, Math.max(closed.repeat, closed.lastRepeat), closed.treeHeight());
        lastLiteral = literal;
    }

    void alternative() {
        settle();
        height = treeHeight();
        items = 0;
        alternatives = true;
    }

    void repeated() {
        lastHeight++;
        items += lastLiteral ? 1 : 0;
        lastLiteral = false;
    }

    /** Nothing inside a repeat of zero counts. */
    void repeated(Repeat times) {
        repeated();
        int most = times.max() == Repeat.UNBOUNDED ? times.min() : times.max();
        int factor = Math.max(1, most);
        weight += lastWeight * (factor - 1);
        lastWeight *= factor;
        lastRepeat = times.max() == 0 ? 1 : lastRepeat * factor;
    }

    private void item(long itemWeight, long itemRepeat, int itemHeight) {
        settle();
        weight += itemWeight;
        lastWeight = itemWeight;
        lastRepeat = itemRepeat;
        lastHeight = itemHeight;
        items++;
    }

    private void settle() {
        repeat = Math.max(repeat, lastRepeat);
        height = Math.max(height, lastHeight);
        lastRepeat = 1;
        lastHeight = 0;
        lastLiteral = false;
    }

    private int treeHeight() {
        int highest = Math.max(height, lastHeight);
        return Math.max(1, highest) + (items > 1 ? 1 : 0) + (alternatives ? 1 : 0) + (capturing ? 1 : 0);
    }

    /** @throws GoPatternException above a limit */
    void check() {
        if (treeHeight() > MAX_HEIGHT) {
            throw new GoPatternException("expression nests too deeply");
        }
        if (Math.max(repeat, lastRepeat) > MAX_REPEAT) {
            throw new GoPatternException("invalid repeat count: nested repeats multiply to over " + MAX_REPEAT);
        }
        if (weight > MAX_WEIGHT) {
            throw new GoPatternException("expression too large");
        }
    }
}

package dev.tidemark.go.yaml;

/**
 * How much of a document may come from the expansion of anchors: nearly all of a small one, a tenth of a very large one.
 * The numbers are Go's.
 */
final class AliasBudget {

    private static final int MIN_ALIASED = 100;
    private static final int MIN_DECODED = 1_000;
    private static final int SMALL = 400_000;
    private static final int LARGE = 4_000_000;
    private static final double SHARE_OF_SMALL = 0.99;
    private static final double SHARE_OF_LARGE = 0.10;
    private static final double SHARE_LOST = 0.89;

    private int decoded;
    private int aliased;
    private int depth;

    /** One more value is made. */
    void count(YamlNode node) {
        decoded++;
        if (depth > 0) {
            aliased++;
        }
        if (aliased > MIN_ALIASED && decoded > MIN_DECODED && (double) aliased / decoded > allowed()) {
            throw ValueBuilder.error(node, "nearly everything comes from aliases: write it out");
        }
    }

    void enterAlias() {
        depth++;
    }

    void leaveAlias() {
        depth--;
    }

    private double allowed() {
        if (decoded <= SMALL) {
            return SHARE_OF_SMALL;
        }
        return decoded >= LARGE
                ? SHARE_OF_LARGE
                : SHARE_OF_SMALL - SHARE_LOST * ((double) (decoded - SMALL) / (LARGE - SMALL));
    }
}

package dev.tidemark.go.yaml;

/** How a scalar is written. */
public enum ScalarStyle {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED;

    /** A header line with an indented body below it. */
    public boolean isBlock() {
        return this == LITERAL || this == FOLDED;
    }
}

package dev.tidemark.policies.filter;

/** A set of ASCII characters in two words. */
record AsciiSet(long low, long high) {

    static final AsciiSet NONE = new AsciiSet(0, 0);
    static final AsciiSet DIGITS = NONE.plusRange('0', '9');
    static final AsciiSet WORD = DIGITS.plusRange('a', 'z').plusRange('A', 'Z').plus('_');

    /** What a dot matches. */
    static final AsciiSet NOT_LINE_FEED = NONE.plus('\n').complement();

    static AsciiSet of(char c) {
        return NONE.plus(c);
    }

    boolean contains(char c) {
        return c < 128 && (((c < 64 ? low : high) >>> c) & 1) == 1;
    }

    AsciiSet plus(char c) {
        return c < 64 ? new AsciiSet(low | 1L << c, high) : new AsciiSet(low, high | 1L << c);
    }

    AsciiSet plus(AsciiSet other) {
        return new AsciiSet(low | other.low, high | other.high);
    }

    AsciiSet plusRange(char from, char to) {
        AsciiSet set = this;
        for (char c = from; c <= to; c++) {
            set = set.plus(c);
        }
        return set;
    }

    AsciiSet complement() {
        return new AsciiSet(~low, ~high);
    }

    boolean isDisjointFrom(AsciiSet other) {
        return (low & other.low) == 0 && (high & other.high) == 0;
    }
}

package dev.tidemark.go.yaml.write;

/** What libyaml finds out about a text before it chooses a style. */
final class ScalarTraits {
    private static final String FIRST_INDICATORS = "#,[]{}&*!|>'\"%@`";
    private static final String BREAKS = "\n\r\u0085\u2028\u2029";

    private final String text;
    private boolean indicators;
    private boolean special;
    private boolean breaks;
    private boolean outerSpace;
    private boolean trailingSpace;
    private boolean breakSpace;
    private boolean spaceBreak;

    ScalarTraits(String text) {
        this.text = text;
        indicators = text.startsWith("---") || text.startsWith("...");
        boolean afterSpace = true;
        boolean previousSpace = false;
        boolean previousBreak = false;
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            boolean last = next == text.length();
            boolean beforeSpace = last || isBlank(text.charAt(next));
            indicate(point, i == 0, afterSpace, beforeSpace);
            special |= !isPrintable(point);
            boolean isBreak = BREAKS.indexOf(point) >= 0;
            breaks |= isBreak;
            if (point == ' ') {
                outerSpace |= i == 0 || last;
                trailingSpace |= last;
                breakSpace |= previousBreak;
            } else if (isBreak) {
                outerSpace |= i == 0 || last;
                spaceBreak |= previousSpace;
            }
            previousSpace = point == ' ';
            previousBreak = isBreak;
            afterSpace = isBlank((char) Math.min(point, 0xFFFF));
        }
    }

    private void indicate(int point, boolean first, boolean afterSpace, boolean beforeSpace) {
        indicators |= switch (point) {
            case '?', '-' -> first && beforeSpace;
            case ':' -> beforeSpace;
            case '#' -> first || afterSpace;
            default -> first && FIRST_INDICATORS.indexOf(point) >= 0;
        };
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || BREAKS.indexOf(c) >= 0;
    }

    /** Go's emitter prints nothing outside of the basic plane as it is, and no tab. */
    static boolean isPrintable(int point) {
        return point == '\n'
                || (point >= ' ' && point <= 0x7E)
                || (point >= 0xA0 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD && point != 0xFEFF);
    }

    boolean allowsPlain() {
        return !outerSpace && !breakSpace && !spaceBreak && !special && !breaks && !indicators;
    }

    boolean allowsSingleQuotes() {
        return !breakSpace && !spaceBreak && !special;
    }

    boolean allowsBlock() {
        return !text.isEmpty() && !trailingSpace && !spaceBreak && !special;
    }
}

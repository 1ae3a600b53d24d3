package dev.tidemark.go.yaml;

/** The classes of characters that the grammar knows. {@link #END} stands behind the last character. */
final class Chars {

    /** No text has this character: it is refused before. */
    static final char END = '\0';

    static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char NEXT_LINE = '\u0085';
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private Chars() {}

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isBreak(char c) {
        return c < NEXT_LINE ? c == '\n' || c == '\r' : isWideBreak(c);
    }

    private static boolean isWideBreak(char c) {
        return c == NEXT_LINE || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
    }

    static boolean isBreakOrEnd(char c) {
        return c == END || isBreak(c);
    }

    static boolean isBlankOrEnd(char c) {
        return isBlank(c) || isBreakOrEnd(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** What anchors, tag handles and names of directives are made of. */
    static boolean isWord(char c) {
        return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Which end a plain scalar inside of brackets. */
    static boolean endsPlainInFlow(char c) {
        return c == ',' || c == '?' || c == '[' || c == ']' || c == '{' || c == '}';
    }

    /** What a line break becomes in a value: the two Unicode separators stay. */
    static char normalBreak(char c) {
        return c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR ? c : '\n';
    }

    /** What libyaml lets in; surrogates only as a pair, which the caller looks at. */
    static boolean isAllowed(char c) {
        return (c >= ' ' && c <= '~')
                || c == '\n'
                || c == '\t'
                || c == '\r'
                || c == NEXT_LINE
                || (c >= '\u00A0' && c <= '\uFFFD' && !Character.isSurrogate(c));
    }
}

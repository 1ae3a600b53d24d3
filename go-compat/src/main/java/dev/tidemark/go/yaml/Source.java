package dev.tidemark.go.yaml;

/** The characters of a text and where reading stands. Lines and columns are counted from 0 here. */
final class Source {

    /** The grammar looks so many characters ahead at most without having seen that they exist. */
    private static final int LOOK_AHEAD = 4;

    final String text;
    final char[] chars;
    int position;
    int line;
    private int lineStart;

    Source(String text) {
        this.text = text;
        chars = new char[text.length() + LOOK_AHEAD];
        text.getChars(0, text.length(), chars, 0);
        refuseControlCharacters();
        if (chars[0] == Chars.BYTE_ORDER_MARK) {
            position = 1;
            lineStart = 1;
        }
    }

    private void refuseControlCharacters() {
        for (int i = 0; i < text.length(); i++) {
            char c = chars[i];
            if (!Chars.isAllowed(c)) {
                if (!Character.isSurrogatePair(c, chars[i + 1])) {
                    throw notAllowed(i);
                }
                i++;
            }
        }
    }

    private YamlException notAllowed(int offset) {
        while (position < offset) {
            if (Chars.isBreak(peek())) {
                skipBreak();
            } else {
                position++;
            }
        }
        return error(String.format(
                "the character U+%04X is not allowed in YAML: write it as an escape in double quotes",
                (int) chars[offset]));
    }

    char peek() {
        return chars[position];
    }

    char peek(int ahead) {
        return chars[position + ahead];
    }

    int column() {
        return position - lineStart;
    }

    boolean atEnd() {
        return chars[position] == Chars.END;
    }

    /** Steps over one line break, also one of two characters, and gives what it counts as. */
    char skipBreak() {
        char c = chars[position];
        position += c == '\r' && chars[position + 1] == '\n' ? 2 : 1;
        line++;
        lineStart = position;
        return Chars.normalBreak(c);
    }

    void skipBlanks() {
        while (Chars.isBlank(chars[position])) {
            position++;
        }
    }

    /** To the end of the line; what is left of it is a comment. */
    void skipToBreak() {
        while (!Chars.isBreakOrEnd(chars[position])) {
            position++;
        }
    }

    /** {@code ---} or {@code ...} at the start of a line with white space behind it. */
    boolean atDocumentIndicator() {
        char c = chars[position];
        return (c == '-' || c == '.')
                && position == lineStart
                && chars[position + 1] == c
                && chars[position + 2] == c
                && Chars.isBlankOrEnd(chars[position + 3]);
    }

    /** Whether the characters since an offset are more than a number. */
    boolean isFurtherThan(int characters, int since) {
        int units = position - since;
        return units > characters
                && (units > 2 * characters || Character.codePointCount(chars, since, units) > characters);
    }

    YamlException error(String problem) {
        return error(problem, line, column());
    }

    /** An error at another place than where reading stands. */
    YamlException error(String problem, int atLine, int atColumn) {
        return new YamlException(problem, atLine + 1, atColumn + 1);
    }
}

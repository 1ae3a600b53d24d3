package dev.tidemark.go.yaml;

/** Writes a text so that every reader of Go gets it back. */
public final class YamlText {

    /** A key of more characters needs a question mark; the quotes are part of it. */
    private static final int MAX_PLAIN = 512;

    /** A document, a list and a map. */
    private static final int EVENTS_BEFORE_KEY = 3;

    private YamlText() {}

    /**
     * A scalar on one line, also as a key or in a list: as it is where it reads as this text, else in single quotes, or
     * in double quotes where it has line breaks or other characters that need an escape.
     */
    public static String scalar(String text) {
        if (isPlain(text)) {
            return text;
        }
        boolean printable = text.chars().allMatch(c -> Chars.isAllowed((char) c) && !isBreakOrMark((char) c));
        return printable ? "'" + text.replace("'", "''") + "'" : doubleQuoted(text);
    }

    /** Found out by reading it. */
    private static boolean isPlain(String text) {
        if (text.length() > MAX_PLAIN
                || text.chars().anyMatch(c -> isBreakOrMark((char) c))
                || text.startsWith("---")
                || text.startsWith("...")
                || text.endsWith(":")
                || text.equals("-")) {
            return false;
        }
        try {
            YamlParser parser = new YamlParser("[{" + text + ": x}]", YamlDialect.KUBERNETES);
            for (int i = 0; i < EVENTS_BEFORE_KEY; i++) {
                parser.next();
            }
            return parser.next() instanceof YamlEvent.Scalar key
                    && key.untyped()
                    && key.value().equals(text)
                    && !text.equals("<<")
                    && parser.next() instanceof YamlEvent.Scalar value
                    && value.value().equals("x")
                    && PlainWords.resolve(text, YamlDialect.KUBERNETES) instanceof String
                    && PlainWords.resolve(text, YamlDialect.KYAML) instanceof String;
        } catch (YamlException broken) {
            return false;
        }
    }

    private static boolean isBreakOrMark(char c) {
        return Chars.isBreak(c) || c == '\t' || c == Chars.BYTE_ORDER_MARK;
    }

    private static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean pair = Character.isSurrogate(c);
                    if (pair || (Chars.isAllowed(c) && !isBreakOrMark(c))) {
                        quoted.append(c);
                    } else {
                        quoted.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}

package dev.tidemark.testkit.house;

/** Blanks comments and literals out of Java source, so that a rule sees what is code and not what is said about it. */
final class JavaScanner {

    private static final String TEXT_BLOCK = "\"\"\"";

    private final String source;
    private final StringBuilder code;
    private int at;

    private JavaScanner(String source) {
        this.source = source;
        this.code = new StringBuilder(source.length());
    }

    /** The source with a space in place of every character of a comment or literal; line ends stay. */
    static String code(String source) {
        JavaScanner scanner = new JavaScanner(source);
        while (scanner.at < source.length()) {
            scanner.next();
        }
        return scanner.code.toString();
    }

    private void next() {
        if (source.startsWith("//", at)) {
            blankThrough("\n", 2, false);
        } else if (source.startsWith("/*", at)) {
            blankThrough("*/", 2, false);
        } else if (source.startsWith(TEXT_BLOCK, at)) {
            blankThrough(TEXT_BLOCK, TEXT_BLOCK.length(), true);
        } else if (source.charAt(at) == '"') {
            blankThrough("\"", 1, true);
        } else if (source.charAt(at) == '\'') {
            blankThrough("'", 1, true);
        } else {
            code.append(source.charAt(at++));
        }
    }

    private void blankThrough(String end, int start, boolean escapes) {
        int from = at;
        at += start;
        while (at < source.length() && !source.startsWith(end, at)) {
            at += escapes && source.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(source.length(), at + end.length());
        source.substring(from, at).chars().forEach(c -> code.append(c == '\n' ? '\n' : ' '));
    }
}

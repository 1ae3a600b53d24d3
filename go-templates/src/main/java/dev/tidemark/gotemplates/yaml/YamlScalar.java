package dev.tidemark.gotemplates.yaml;

import dev.tidemark.gotemplates.limits.BoundedText;

/** Writes a text in the style that Go's YAML chooses for it. */
final class YamlScalar {
    private static final int WIDTH = 80;
    private static final String BREAKS = "\n\r\u0085\u2028\u2029";

    private final BoundedText out;

    YamlScalar(BoundedText out) {
        this.out = out;
    }

    /**
     * Writes.
     *
     * @param indent of further lines
     * @param key the text must stay in one line
     */
    void write(String text, int indent, boolean key) {
        var traits = new ScalarTraits(text);
        boolean plainMeaning = YamlWords.isText(text);
        if (text.contains("\n")) {
            if (traits.allowsBlock() && !key) {
                literal(text, indent);
            } else {
                doubleQuoted(text, indent, key);
            }
        } else if (!plainMeaning) {
            doubleQuoted(text, indent, key);
        } else if (traits.allowsPlain() && !(text.isEmpty() && key)) {
            folded(text, indent, key);
        } else if (traits.allowsSingleQuotes()) {
            out.append('\'');
            folded(text.replace("'", "''"), indent, key);
            out.append('\'');
        } else {
            doubleQuoted(text, indent, key);
        }
    }

    private int column() {
        int length = out.length();
        int column = 0;
        while (column < length && out.charAt(length - 1 - column) != '\n') {
            column++;
        }
        return column;
    }

    /** A text without breaks: a blank behind the width turns into a new line. */
    private void folded(String text, int indent, boolean key) {
        boolean spaces = false;
        boolean breaks = false;
        int column = column();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean nextIsSpace = i + 1 < text.length() && text.charAt(i + 1) == ' ';
            boolean inside = i > 0 && i < text.length() - 1;
            if (breaks && BREAKS.indexOf(c) < 0) {
                out.repeat(" ", indent);
                column = indent;
            }
            breaks = BREAKS.indexOf(c) >= 0;
            if (c == ' ' && !key && !spaces && column > WIDTH && inside && !nextIsSpace) {
                out.append('\n').repeat(" ", indent);
                column = indent;
            } else {
                out.append(c);
                column += Character.isLowSurrogate(c) ? 0 : 1;
            }
            spaces = c == ' ';
        }
    }

    private void doubleQuoted(String text, int indent, boolean key) {
        out.append('"');
        int column = column();
        boolean spaces = false;
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            boolean inside = i > 0 && i + Character.charCount(point) < text.length();
            int before = out.length();
            if (point == ' ' && !key && !spaces && column > WIDTH && inside) {
                out.append('\n').repeat(" ", indent);
                column = indent;
                if (text.charAt(i + 1) == ' ') {
                    out.append('\\');
                    column++;
                }
                spaces = true;
                continue;
            }
            if (!ScalarTraits.isPrintable(point) || BREAKS.indexOf(point) >= 0 || point == '"' || point == '\\') {
                out.append(escape(point));
            } else {
                out.appendCodePoint(point);
            }
            column += out.length() - before;
            spaces = point == ' ';
        }
        out.append('"');
    }

    private static String escape(int point) {
        return switch (point) {
            case 0 -> "\\0";
            case 7 -> "\\a";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case 0x0B -> "\\v";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case 0x1B -> "\\e";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 0x85 -> "\\N";
            case 0xA0 -> "\\_";
            case 0x2028 -> "\\L";
            case 0x2029 -> "\\P";
            default ->
                point <= 0xFF
                        ? String.format("\\x%02X", point)
                        : point <= 0xFFFF ? String.format("\\u%04X", point) : String.format("\\U%08X", point);
        };
    }

    private void literal(String text, int indent) {
        out.append('|');
        if (text.startsWith(" ") || text.startsWith("\n")) {
            out.append('2');
        }
        boolean ends = text.endsWith("\n");
        if (!ends) {
            out.append('-');
        } else if (text.length() == 1 || text.endsWith("\n\n")) {
            out.append('+');
        }
        out.append('\n');
        String body = ends ? text.substring(0, text.length() - 1) : text;
        boolean first = true;
        for (String line : body.split("\n", -1)) {
            out.append(first ? "" : "\n");
            first = false;
            if (!line.isEmpty()) {
                out.repeat(" ", indent).append(line);
            }
        }
    }
}

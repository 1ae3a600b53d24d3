package dev.tidemark.go.yaml.write;

import dev.tidemark.go.yaml.PlainWords;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Writes a text in the style that Go's YAML chooses for it. */
public final class YamlScalar {
    private static final int WIDTH = 80;
    private static final String BREAKS = "\n\r\u0085\u2028\u2029";

    private static final int LONGEST_SIMPLE_KEY = 128;
    private static final char NEXT_LINE = '\u0085';
    private static final Pattern NEXT_LINES = Pattern.compile(" *+\u0085[ \u0085]*+");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final StringBuilder out = new StringBuilder();
    private final int start;

    private YamlScalar(int start) {
        this.start = start;
    }

    /** Whether a key stands in one line; others go behind a question mark. */
    public static boolean isSimpleKey(String key) {
        return key.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SIMPLE_KEY
                && key.chars().noneMatch(c -> BREAKS.indexOf(c) >= 0);
    }

    /**
     * The text as it is written.
     *
     * @param column where it begins
     * @param indent of further lines
     * @param key the text must stay in one line
     */
    public static String of(String text, int column, int indent, boolean key) {
        var scalar = new YamlScalar(column);
        scalar.write(text.indexOf(NEXT_LINE) < 0 ? text : folded(text), indent, key);
        return scalar.out.toString();
    }

    /**
     * sigs.k8s.io/yaml writes JSON first and reads that as YAML, where a NEL is the end of a line: one becomes a blank, more
     * become ends of lines, and blanks around them go.
     */
    private static String folded(String text) {
        return NEXT_LINES.matcher(text).replaceAll(found -> {
            long lines = found.group().chars().filter(c -> c == NEXT_LINE).count();
            return lines == 1 ? " " : "\n".repeat((int) lines - 1);
        });
    }

    private void write(String text, int indent, boolean key) {
        var traits = new ScalarTraits(text);
        boolean plainMeaning = PlainWords.isText(text) && !PlainWords.isBase60(text);
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
        int line = out.lastIndexOf("\n");
        return line < 0 ? start + out.length() : out.length() - line - 1;
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
        // Go looks for the mark at the beginning, whatever character it writes.
        boolean marked = text.startsWith(BYTE_ORDER_MARK);
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            boolean inside = i > 0 && i + Character.charCount(point) < text.length();
            int before = out.length();
            if (!marked && point == ' ' && !key && !spaces && column > WIDTH && inside) {
                out.append('\n').repeat(" ", indent);
                column = indent;
                if (text.charAt(i + 1) == ' ') {
                    out.append('\\');
                    column++;
                }
                spaces = true;
                continue;
            }
            if (marked
                    || !ScalarTraits.isPrintable(point)
                    || BREAKS.indexOf(point) >= 0
                    || point == '"'
                    || point == '\\') {
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
        if (text.startsWith(" ") || BREAKS.indexOf(text.charAt(0)) >= 0) {
            out.append('2');
        }
        if (!isBreak(text, text.length() - 1)) {
            out.append('-');
        } else if (text.length() == 1 || isBreak(text, text.length() - 2)) {
            out.append('+');
        }
        out.append('\n');
        boolean begins = true;
        // The end of the last line is the caller's.
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        for (int i = 0; i < end; i++) {
            boolean isBreak = isBreak(text, i);
            out.repeat(" ", begins && !isBreak ? indent : 0).append(text.charAt(i));
            begins = isBreak;
        }
    }

    private static boolean isBreak(String text, int index) {
        return BREAKS.indexOf(text.charAt(index)) >= 0;
    }
}

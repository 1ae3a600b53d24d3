package dev.tidemark.committer.setters;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a new value in the place and style of an old scalar (flux-git-based 17.3); every other byte stays. */
final class ScalarWriter {

    private static final Pattern PROPERTY = Pattern.compile("\\G([&!]\\S*)(\\s+)");

    /** An explicit type that a text does not have; keeping it would make a scalar that no reader accepts. */
    private static final Pattern OTHER_TYPE =
            Pattern.compile("!!(int|float|bool|null)|!<tag:yaml\\.org,2002:(int|float|bool|null)>");

    private static final Pattern BLOCK_HEADER = Pattern.compile("[|>][-+0-9]*");

    /** @param end behind the characters that {@code text} takes the place of */
    record Replacement(int start, int end, String text) {}

    private ScalarWriter() {}

    static Replacement replace(String file, ScannedScalar scalar, String value) {
        int valueStart = scalar.start();
        StringBuilder properties = new StringBuilder();
        Matcher property = PROPERTY.matcher(file);
        while (isProperty(file.charAt(valueStart)) && property.find(valueStart) && property.end() <= scalar.end()) {
            if (!OTHER_TYPE.matcher(property.group(1)).matches()) {
                properties.append(property.group());
            }
            valueStart = property.end();
        }
        return switch (scalar.style()) {
            case DOUBLE_QUOTED ->
                new Replacement(scalar.start(), scalar.end(), properties + PlainScalars.quoted(value));
            case SINGLE_QUOTED ->
                new Replacement(scalar.start(), scalar.end(), properties + "'" + value.replace("'", "''") + "'");
            case LITERAL, FOLDED -> block(file, scalar.start(), valueStart, properties.toString(), value);
            default ->
                new Replacement(
                        scalar.start(),
                        scalar.end(),
                        properties + (PlainScalars.needsQuotes(value) ? PlainScalars.quoted(value) : value));
        };
    }

    /** No value starts with these, only an anchor or a tag before it. */
    private static boolean isProperty(char first) {
        return first == '&' || first == '!';
    }

    /** The header keeps its comment; the body becomes one line, without a line break at its end. */
    private static Replacement block(String file, int start, int headerStart, String properties, String value) {
        int headerEnd = Comments.lineEnd(file, headerStart);
        String header = BLOCK_HEADER
                .matcher(file.substring(headerStart, headerEnd))
                .replaceFirst(file.charAt(headerStart) + "-");
        int at = nextLine(file, headerEnd);
        String lineBreak = file.substring(headerEnd, at);
        int indent = -1;
        int bodyEnd = at;
        while (at < file.length()) {
            int end = Comments.lineEnd(file, at);
            String line = file.substring(at, end);
            if (!line.isBlank()) {
                int lineIndent = line.length() - line.stripLeading().length();
                if (indent < 0) {
                    indent = lineIndent;
                } else if (lineIndent < indent) {
                    break;
                }
                bodyEnd = end;
            }
            at = nextLine(file, end);
        }
        return new Replacement(
                start, bodyEnd, properties + header + lineBreak + " ".repeat(Math.max(indent, 0)) + value);
    }

    private static int nextLine(String text, int lineEnd) {
        if (lineEnd >= text.length()) {
            return lineEnd;
        }
        return text.startsWith("\r\n", lineEnd) ? lineEnd + 2 : lineEnd + 1;
    }
}

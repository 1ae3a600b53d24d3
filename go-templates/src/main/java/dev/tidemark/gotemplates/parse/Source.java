package dev.tidemark.gotemplates.parse;

import dev.tidemark.gotemplates.error.TemplateParseException;

/**
 * A template's text with its name: turns offsets into lines and columns.
 *
 * @param name of the template, for messages
 */
public record Source(String name, String text) {
    private static final int SNIPPET = 60;

    /** A position, both counted from 1. */
    public record Position(int line, int column) {}

    public Position position(int offset) {
        int at = Math.min(offset, text.length());
        int lastBreak = at == 0 ? -1 : text.lastIndexOf('\n', at - 1);
        int line = 1;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return new Position(line, text.codePointCount(lastBreak + 1, at) + 1);
    }

    /** The text from {@code start} to {@code end}, in one short line. */
    public String snippet(int start, int end) {
        int from = Math.min(start, text.length());
        int to = Math.clamp(end, from, text.length());
        String piece = text.substring(from, to).strip().replaceAll("\\s+", " ");
        return piece.length() <= SNIPPET ? piece : piece.substring(0, SNIPPET) + "...";
    }

    TemplateParseException error(int start, int end, String problem) {
        Position position = position(start);
        return new TemplateParseException(name, position.line(), position.column(), snippet(start, end), problem);
    }
}

package dev.tidemark.go.yaml;

/**
 * A value on several lines: one line break between two lines becomes a blank, of more than one the first is dropped.
 * Breaks at the end are no part of it.
 */
final class Folding {

    private static final char NONE = '\0';

    private final StringBuilder text = new StringBuilder();
    private char first = NONE;
    private final StringBuilder more = new StringBuilder();

    void append(Source source, int from, int to) {
        join();
        text.append(source.chars, from, to - from);
    }

    void append(char c) {
        join();
        text.append(c);
    }

    void appendCodePoint(int c) {
        join();
        text.appendCodePoint(c);
    }

    void lineBreak(char lineBreak) {
        if (first == NONE) {
            first = lineBreak;
        } else {
            more.append(lineBreak);
        }
    }

    /** Folds the line breaks so far, though no text follows. */
    void join() {
        if (first == NONE) {
            return;
        }
        if (first != '\n') {
            text.append(first).append(more);
        } else if (more.isEmpty()) {
            text.append(' ');
        } else {
            text.append(more);
        }
        first = NONE;
        more.setLength(0);
    }

    String text() {
        return text.toString();
    }
}

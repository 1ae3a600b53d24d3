package dev.tidemark.gotemplates.functions;

/**
 * Words in lower case with a connector between them, as sprig's {@code snakecase} and {@code kebabcase}: a word
 * begins where lower case turns into upper case, before the last of several capitals, and around numbers.
 */
final class WordCase {
    private enum Kind {
        NONE,
        NUMBER,
        CAPITALS,
        LETTERS,
        CONNECTOR,
        PUNCTUATION,
        OTHER
    }

    private final int[] points;
    private final int connector;
    private final StringBuilder out = new StringBuilder();
    /** The word that is looked at: its kind and where it is. */
    private Kind kind = Kind.NONE;

    private int start;
    private int end;

    WordCase(String text, int connector) {
        this.points = text.codePoints().toArray();
        this.connector = connector;
        next();
        while (end < points.length) {
            step();
        }
        write();
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private boolean joins() {
        return kind == Kind.LETTERS || kind == Kind.NUMBER;
    }

    /** Writes the word and goes on to the next, with a connector if one belongs there. */
    private void step() {
        Kind before = kind;
        write();
        next();
        if (before == Kind.NUMBER) {
            runOn();
            separate();
        } else if (before != Kind.CONNECTOR && before != Kind.PUNCTUATION) {
            if (kind != Kind.NUMBER) {
                separate();
            } else if (end < points.length) {
                number();
            }
        }
    }

    /** A number behind a word belongs to it, unless letters follow. */
    private void number() {
        int from = start;
        int to = end;
        next();
        boolean letters = kind == Kind.LETTERS;
        if (letters) {
            out.appendCodePoint(connector);
        }
        write(from, to);
        if (letters) {
            runOn();
        }
        separate();
    }

    /** Letters in lower case and numbers stay together. */
    private void runOn() {
        while (joins()) {
            write();
            next();
        }
    }

    private void separate() {
        if (kind != Kind.NONE && kind != Kind.CONNECTOR && kind != Kind.PUNCTUATION) {
            out.appendCodePoint(connector);
        }
    }

    private void write() {
        if (kind == Kind.CONNECTOR) {
            // Each connector counts.
            for (int i = start; i < end; i++) {
                out.appendCodePoint(connector);
            }
        } else {
            write(start, end);
        }
    }

    private void write(int from, int to) {
        for (int i = from; i < to; i++) {
            out.appendCodePoint(Character.toLowerCase(points[i]));
        }
    }

    private void next() {
        start = end;
        if (start == points.length) {
            kind = Kind.NONE;
            return;
        }
        kind = kindAt(start);
        end = start + 1;
        if (kind != Kind.CAPITALS) {
            while (end < points.length && kindAt(end) == kind) {
                end++;
            }
            return;
        }
        while (end < points.length && kindAt(end) == Kind.CAPITALS) {
            end++;
        }
        boolean letters = end < points.length && kindAt(end) == Kind.LETTERS;
        if (letters && end == start + 1) {
            while (end < points.length && kindAt(end) == Kind.LETTERS) {
                end++;
            }
        } else if (letters) {
            // The last capital begins the next word.
            end--;
        }
    }

    private Kind kindAt(int index) {
        int point = points[index];
        if (CamelCase.isConnector(point)) {
            return Kind.CONNECTOR;
        }
        return switch (Character.getType(point)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> Kind.PUNCTUATION;
            case Character.UPPERCASE_LETTER -> Kind.CAPITALS;
            case Character.LOWERCASE_LETTER, Character.TITLECASE_LETTER -> Kind.LETTERS;
            case Character.OTHER_LETTER, Character.MODIFIER_LETTER -> Kind.OTHER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> Kind.NUMBER;
            default -> Kind.OTHER;
        };
    }
}

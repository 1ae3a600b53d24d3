package dev.tidemark.go.yaml;

/** Scans literal ({@code |}) and folded ({@code >}) text. */
final class BlockScalars {

    /** What becomes of the line breaks at the end. */
    private enum Chomping {
        STRIP,
        CLIP,
        KEEP
    }

    private final Source source;

    BlockScalars(Source source) {
        this.source = source;
    }

    /** @param parentIndent indentation of the collection around it, -1 for none */
    Token scan(int parentIndent) {
        Token token = Token.at(source, Token.Kind.SCALAR);
        token.style = source.peek() == '|' ? ScalarStyle.LITERAL : ScalarStyle.FOLDED;
        source.position++;
        Chomping chomping = Chomping.CLIP;
        int indicator = 0;
        for (int i = 0; i < 2; i++) {
            char c = source.peek();
            if (i > 0 && Chars.isDigit(c) == indicator > 0) {
                break;
            }
            if (Chars.isDigit(c)) {
                indicator = c - '0';
                if (indicator == 0) {
                    throw source.error("the indentation of a block of text cannot be 0");
                }
                source.position++;
            } else if (c == '+' || c == '-') {
                chomping = c == '+' ? Chomping.KEEP : Chomping.STRIP;
                source.position++;
            } else {
                break;
            }
        }
        endHeader(token);
        int indent = indicator == 0 ? 0 : Math.max(parentIndent, 0) + indicator;
        new Body(token, chomping).read(indent, parentIndent);
        return token;
    }

    private void endHeader(Token token) {
        source.skipBlanks();
        if (source.peek() == '#') {
            source.skipToBreak();
        }
        token.headerEnd = source.position;
        if (Chars.isBreak(source.peek())) {
            source.skipBreak();
        } else if (!source.atEnd()) {
            throw source.error(
                    "behind '|' or '>' stands something else than a comment: begin the text on the next line");
        }
        token.bodyStart = source.position;
    }

    private final class Body {
        private final Token token;
        private final Chomping chomping;
        private final StringBuilder text = new StringBuilder();
        /** Breaks of the lines without text that were met last. */
        private final StringBuilder emptyLines = new StringBuilder();
        /** The break of the last line with text; none at the end of the stream. */
        private String lastBreak = "";

        private boolean lastIndented;

        Body(Token token, Chomping chomping) {
            this.token = token;
            this.chomping = chomping;
        }

        void read(int givenIndent, int parentIndent) {
            int indent = skipEmptyLines(givenIndent, parentIndent);
            while (source.column() == indent && !source.atEnd()) {
                boolean indented = Chars.isBlank(source.peek());
                joinLines(indented);
                lastIndented = indented;
                int from = source.position;
                source.skipToBreak();
                text.append(source.chars, from, source.position - from);
                lastBreak = source.atEnd() ? "" : String.valueOf(source.skipBreak());
                skipEmptyLines(indent, parentIndent);
            }
            if (chomping != Chomping.STRIP) {
                text.append(lastBreak);
            }
            if (chomping == Chomping.KEEP) {
                text.append(emptyLines);
            }
            token.value = text.toString();
        }

        private void joinLines(boolean indented) {
            boolean folds = token.style == ScalarStyle.FOLDED && !lastIndented && !indented && lastBreak.equals("\n");
            if (!folds) {
                text.append(lastBreak);
            } else if (emptyLines.isEmpty()) {
                text.append(' ');
            }
            text.append(emptyLines);
            emptyLines.setLength(0);
        }

        /**
         * Lines of blanks that are not deeper than the text; before the first line of text their depth counts.
         *
         * @param indent of the text, 0 if it is to be found out
         */
        private int skipEmptyLines(int indent, int parentIndent) {
            token.end = source.position;
            int deepest = 0;
            while (true) {
                while ((indent == 0 || source.column() < indent) && source.peek() == ' ') {
                    source.position++;
                }
                deepest = Math.max(deepest, source.column());
                if ((indent == 0 || source.column() < indent) && source.peek() == '\t') {
                    throw source.error("a tab stands where a block of text is indented: use blanks");
                }
                if (!Chars.isBreak(source.peek())) {
                    return indent == 0 ? Math.max(deepest, Math.max(parentIndent + 1, 1)) : indent;
                }
                emptyLines.append(source.skipBreak());
                token.end = source.position;
            }
        }
    }
}

package dev.tidemark.go.yaml;

/** Scans text in single or double quotes. */
final class QuotedScalars {

    private final Source source;

    QuotedScalars(Source source) {
        this.source = source;
    }

    Token scan(boolean single) {
        Token token = Token.at(source, Token.Kind.SCALAR);
        token.style = single ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.DOUBLE_QUOTED;
        char quote = source.peek();
        source.position++;
        token.value = simple(quote, token);
        token.end = source.position;
        return token;
    }

    /** Text on one line without escapes is cut out as it stands. */
    private String simple(char quote, Token token) {
        char[] chars = source.chars;
        int at = source.position;
        while (chars[at] != quote && chars[at] != '\\' && !Chars.isBreakOrEnd(chars[at])) {
            at++;
        }
        boolean whole = chars[at] == quote && (quote == '"' || chars[at + 1] != '\'');
        if (!whole) {
            return folded(quote, token);
        }
        String text = source.text.substring(source.position, at);
        source.position = at + 1;
        return text;
    }

    private String folded(char quote, Token token) {
        Folding folding = new Folding();
        while (true) {
            if (source.atDocumentIndicator()) {
                throw unclosed("a document ends inside of the quotes that open here", token);
            }
            if (source.atEnd()) {
                throw unclosed("the quotes that open here are not closed", token);
            }
            boolean escapedBreak = run(quote, folding);
            if (source.peek() == quote) {
                source.position++;
                return folding.text();
            }
            whiteSpace(folding, escapedBreak);
        }
    }

    private YamlException unclosed(String problem, Token token) {
        return source.error(problem, token.line, token.column);
    }

    /** Characters without white space. Says whether they end in an escaped line break. */
    private boolean run(char quote, Folding folding) {
        while (true) {
            char c = source.peek();
            if (Chars.isBlankOrEnd(c)) {
                return false;
            }
            if (c == quote) {
                if (quote == '"' || source.peek(1) != '\'') {
                    return false;
                }
                folding.append('\'');
                source.position += 2;
            } else if (c == '\\' && quote == '"') {
                if (Chars.isBreak(source.peek(1))) {
                    source.position++;
                    source.skipBreak();
                    return true;
                }
                Escapes.read(source, folding);
            } else {
                int from = source.position;
                do {
                    source.position++;
                    c = source.peek();
                } while (c != quote && c != '\\' && !Chars.isBlankOrEnd(c));
                folding.append(source, from, source.position);
            }
        }
    }

    /** Blanks count unless a line breaks before or behind them; breaks behind an escaped one count as they are. */
    private void whiteSpace(Folding folding, boolean escapedBreak) {
        boolean broke = escapedBreak;
        int from = source.position;
        while (true) {
            char c = source.peek();
            if (Chars.isBlank(c)) {
                source.position++;
            } else if (Chars.isBreak(c)) {
                char lineBreak = source.skipBreak();
                if (escapedBreak) {
                    folding.append(lineBreak);
                } else {
                    folding.lineBreak(lineBreak);
                }
                broke = true;
            } else {
                break;
            }
        }
        if (broke) {
            folding.join();
        } else {
            folding.append(source, from, source.position);
        }
    }
}

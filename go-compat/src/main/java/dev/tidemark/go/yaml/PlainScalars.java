package dev.tidemark.go.yaml;

import org.jspecify.annotations.Nullable;

/** Scans text without quotes. Most of it is one run of characters and is cut out as it stands. */
final class PlainScalars {

    private final Source source;

    PlainScalars(Source source) {
        this.source = source;
    }

    /** @param indent how far continuing lines are indented at least */
    Token scan(int indent, boolean inFlow) {
        Token token = Token.at(source, Token.Kind.SCALAR);
        int segment = source.position;
        int end = segment;
        Folding folding = null;
        boolean brokeLine = false;
        while (!source.atDocumentIndicator() && source.peek() != '#') {
            int runEnd = endOfRun(inFlow);
            if (runEnd > source.position) {
                if (brokeLine) {
                    segment = source.position;
                    brokeLine = false;
                }
                source.position = runEnd;
                end = runEnd;
            }
            char c = source.peek();
            if (c == Chars.END || !Chars.isBlankOrEnd(c)) {
                break;
            }
            source.skipBlanks();
            if (Chars.isBreak(source.peek())) {
                if (folding == null) {
                    folding = new Folding();
                }
                folding.append(source, segment, end);
                brokeLine = true;
                skipLines(folding, indent);
            }
            if (!inFlow && source.column() < indent) {
                break;
            }
        }
        token.end = end;
        token.brokeLine = brokeLine;
        token.value = value(folding, brokeLine, segment, end);
        return token;
    }

    private String value(@Nullable Folding folding, boolean brokeLine, int segment, int end) {
        if (folding == null) {
            return source.text.substring(segment, end);
        }
        if (!brokeLine) {
            folding.append(source, segment, end);
        }
        return folding.text();
    }

    private void skipLines(Folding folding, int indent) {
        while (true) {
            char c = source.peek();
            if (Chars.isBreak(c)) {
                folding.lineBreak(source.skipBreak());
            } else if (c == '\t' && source.column() < indent) {
                throw source.error("a tab stands where a line is indented: use blanks");
            } else if (Chars.isBlank(c)) {
                source.position++;
            } else {
                return;
            }
        }
    }

    private int endOfRun(boolean inFlow) {
        char[] chars = source.chars;
        int at = source.position;
        while (true) {
            char c = chars[at];
            boolean rare = c <= ' ' || c >= 0x7f;
            if (rare ? Chars.isBlankOrEnd(c) : endsHere(c, chars[at + 1], inFlow)) {
                return at;
            }
            at++;
        }
    }

    private static boolean endsHere(char c, char next, boolean inFlow) {
        return c == ':' ? Chars.isBlankOrEnd(next) : inFlow && Chars.endsPlainInFlow(c);
    }
}

package dev.tidemark.go.yaml;

/** Steps over what lies between tokens: blanks, line breaks and comments. */
final class Spaces {

    /** How far yaml.v3 looks for a comment. */
    private static final int COMMENT_LOOK_AHEAD = 512;

    private final Source source;
    private final boolean seeksComments;

    Spaces(Source source, YamlDialect dialect) {
        this.source = source;
        seeksComments = dialect == YamlDialect.KYAML;
    }

    /**
     * To the next token. A tab is a blank except where a key may begin, since it would indent.
     *
     * @return whether a key may begin because a line did
     */
    boolean skipToToken(boolean inFlow, boolean keyAllowed) {
        boolean newLine = false;
        if (source.position == 1 && source.column() == 0 && source.peek() == Chars.BYTE_ORDER_MARK) {
            source.position++;
        }
        while (true) {
            boolean tabs = inFlow || !(keyAllowed || newLine);
            while (source.peek() == ' ' || (tabs && source.peek() == '\t')) {
                source.position++;
            }
            if (source.peek() == '#') {
                skipComment();
            }
            if (!Chars.isBreak(source.peek())) {
                return newLine;
            }
            source.skipBreak();
            newLine |= !inFlow;
        }
    }

    private void skipComment() {
        source.skipToBreak();
        while (seeksComments && commentIsNear(true)) {
            source.skipToBreak();
        }
    }

    /**
     * yaml.v3 takes the comment of a line together with the token before it, with tabs between them even where a key may
     * begin; of a dash it does not.
     */
    void afterToken() {
        if (seeksComments && commentIsNear(false)) {
            source.skipToBreak();
        }
    }

    /** Goes to the comment that follows, if nothing but white space stands before it. */
    private boolean commentIsNear(boolean onLaterLines) {
        int from = source.position;
        for (int ahead = 0; ahead < COMMENT_LOOK_AHEAD; ahead++) {
            char c = source.chars[from + ahead];
            if (c == '#') {
                goTo(from + ahead);
                return true;
            }
            if (!(Chars.isBlank(c) || (onLaterLines && (c == '\n' || c == '\r')))) {
                return false;
            }
        }
        return false;
    }

    private void goTo(int offset) {
        while (source.position < offset) {
            if (Chars.isBreak(source.peek())) {
                source.skipBreak();
            } else {
                source.position++;
            }
        }
    }
}

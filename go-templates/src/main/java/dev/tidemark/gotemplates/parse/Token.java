package dev.tidemark.gotemplates.parse;

/**
 * A piece of a template's text.
 *
 * @param start offset of its first character
 */
record Token(TokenType type, String text, int start) {
    int end() {
        return start + text.length();
    }

    boolean is(TokenType wanted) {
        return type == wanted;
    }

    boolean isKeyword(String word) {
        return type == TokenType.KEYWORD && text.equals(word);
    }

    /** How messages name the token. */
    String describe() {
        return switch (type) {
            case END -> "unexpected EOF: end of the template";
            case TEXT -> "text";
            case RIGHT_DELIMITER -> "end of the action";
            case SPACE -> "blank";
            default -> "\"" + text + "\"";
        };
    }
}

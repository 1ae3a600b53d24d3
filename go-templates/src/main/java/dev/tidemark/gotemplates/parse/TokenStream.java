package dev.tidemark.gotemplates.parse;

import java.util.ArrayDeque;
import java.util.Deque;

/** Tokens with look-ahead and a way back. */
final class TokenStream {
    private final Lexer lexer;
    private final Deque<Token> ahead = new ArrayDeque<>();
    private int lastEnd;

    TokenStream(Lexer lexer) {
        this.lexer = lexer;
    }

    Token next() {
        Token token = ahead.isEmpty() ? lexer.next() : ahead.pop();
        lastEnd = token.end();
        return token;
    }

    /** Puts a token back; the last one given back comes first. */
    void back(Token token) {
        ahead.push(token);
        lastEnd = token.start();
    }

    Token peek() {
        Token token = next();
        back(token);
        return token;
    }

    Token nextNonSpace() {
        Token token = next();
        return token.is(TokenType.SPACE) ? next() : token;
    }

    Token peekNonSpace() {
        Token token = nextNonSpace();
        back(token);
        return token;
    }

    /** Offset after the last token taken. */
    int lastEnd() {
        return lastEnd;
    }
}

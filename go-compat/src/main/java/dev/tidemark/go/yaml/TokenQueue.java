package dev.tidemark.go.yaml;

import java.util.Arrays;

/** Tokens that were scanned and not yet taken. Short: a key is at most a line. */
final class TokenQueue {

    private Token[] tokens = new Token[64];
    private int head;
    private int tail;
    private int taken;

    int size() {
        return tail - head;
    }

    /** The number that the next added token will have in the stream. */
    int nextNumber() {
        return taken + size();
    }

    Token first() {
        return tokens[head];
    }

    Token take() {
        taken++;
        return tokens[head++];
    }

    void add(Token token) {
        makeRoom();
        tokens[tail++] = token;
    }

    /** Before the token of a number; at the end if that was taken already, which the grammar then refuses. */
    void insert(int number, Token token) {
        int at = number - taken;
        if (at < 0) {
            add(token);
            return;
        }
        makeRoom();
        System.arraycopy(tokens, head + at, tokens, head + at + 1, size() - at);
        tokens[head + at] = token;
        tail++;
    }

    private void makeRoom() {
        if (tail < tokens.length) {
            return;
        }
        int size = size();
        Token[] room = size > tokens.length / 2 ? Arrays.copyOf(tokens, tokens.length * 2) : tokens;
        System.arraycopy(tokens, head, room, 0, size);
        tokens = room;
        head = 0;
        tail = size;
    }
}

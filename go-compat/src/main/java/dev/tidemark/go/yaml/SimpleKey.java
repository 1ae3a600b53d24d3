package dev.tidemark.go.yaml;

import org.jspecify.annotations.Nullable;

/** A place where a key without {@code ?} may have begun; a colon behind it decides. */
final class SimpleKey {

    /** How far before its colon a key may begin, in characters; so says YAML. */
    static final int MAX_LENGTH = 1024;

    boolean possible;
    boolean required;
    int start;
    int line;
    int column;
    /** Which token of the stream it begins at. */
    int number;
    /** The bracket that opened this level, until a key begins in it. */
    @Nullable
    Token opener;

    static SimpleKey none(@Nullable Token opener) {
        SimpleKey key = new SimpleKey();
        key.opener = opener;
        return key;
    }

    static SimpleKey at(Source source, int number, boolean required) {
        SimpleKey key = new SimpleKey();
        key.possible = true;
        key.required = required;
        key.start = source.position;
        key.line = source.line;
        key.column = source.column();
        key.number = number;
        return key;
    }
}

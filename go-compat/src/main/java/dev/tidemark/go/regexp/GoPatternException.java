package dev.tidemark.go.regexp;

/** A pattern was refused; the message begins as Go's does. */
public final class GoPatternException extends RuntimeException {

    GoPatternException(String problem) {
        super("error parsing regexp: " + problem, null, false, false);
    }
}

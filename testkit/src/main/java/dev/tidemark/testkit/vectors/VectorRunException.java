package dev.tidemark.testkit.vectors;

/** Why vectors cannot be run; the message is for the person who asked. */
final class VectorRunException extends Exception {

    VectorRunException(String message) {
        super(message);
    }
}

package dev.tidemark.committer.git;

import java.io.IOException;

/** A remote sends more than is taken from one. */
final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
        super(message);
    }
}

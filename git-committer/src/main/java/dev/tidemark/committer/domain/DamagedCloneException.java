package dev.tidemark.committer.domain;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What a clone has cannot be read any more. Nothing is lost with it: it is discarded, and fetched again. */
public final class DamagedCloneException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    public DamagedCloneException(String message, IOException cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}

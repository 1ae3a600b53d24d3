package dev.tidemark.committer.domain;

/** The tree cannot be updated; nothing is written. Becomes the reason {@code UpdateFailed} (flux-git-based 6.3). */
public final class UpdateException extends RuntimeException {

    public UpdateException(String message) {
        super(message);
    }
}

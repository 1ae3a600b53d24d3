package dev.tidemark.cli.error;

import org.jspecify.annotations.Nullable;

/** What the user gets to read instead of a stack trace: one clear sentence with the remedy. */
public class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For what was asked and could not be done. */
    public static final int FAILED = 1;

    private final int exitCode;

    public UserError(String sentence) {
        this(sentence, FAILED, null);
    }

    /** @param cause shown with {@code --verbose} only */
    public UserError(String sentence, @Nullable Throwable cause) {
        this(sentence, FAILED, cause);
    }

    public UserError(String sentence, int exitCode, @Nullable Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}

package dev.tidemark.cli.error;

/** Nobody reads standard output any more, as behind {@code | head -1}: the end, without a word. */
public final class OutputClosed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** As a shell counts a command that SIGPIPE ended. */
    public static final int EXIT = 141;

    public OutputClosed(Throwable cause) {
        super(cause);
    }
}

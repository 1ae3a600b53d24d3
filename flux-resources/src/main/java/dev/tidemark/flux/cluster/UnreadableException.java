package dev.tidemark.flux.cluster;

/** The API server answers, and not what was asked for. */
final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;

    UnreadableException(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}

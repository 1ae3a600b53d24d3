package dev.tidemark.go.json;

/** What was read is no JSON, or has a number that no double is large enough for. */
public final class JsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    JsonException(String message) {
        super(message);
    }
}

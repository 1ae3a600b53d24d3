package dev.tidemark.renderer.domain.yaml;

/** The text is not YAML, or YAML without a JSON form. The message says what and where. */
public final class InvalidYamlException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidYamlException(String message) {
        super(message);
    }
}

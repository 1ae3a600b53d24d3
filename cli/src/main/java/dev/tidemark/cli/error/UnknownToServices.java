package dev.tidemark.cli.error;

/** The services answer that they do not know what they are asked about. */
public final class UnknownToServices extends UserError {

    private static final long serialVersionUID = 1L;

    /** @param message theirs */
    public UnknownToServices(String message) {
        super(message);
    }
}

package dev.tidemark.flux;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/** Stands for an exception that told a secret: prints what that one would have, without it. */
final class MaskedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String printed;

    private MaskedException(String message, String printed) {
        // the text has the traces of all causes already
        super(message, null, false, false);
        this.printed = printed;
    }

    /** Nothing for an exception that tells no secret. */
    static Optional<MaskedException> of(Throwable fault, Redaction redaction) {
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace, true));
        String printed = redaction.applyToAll(trace.toString());
        return printed.contentEquals(trace.getBuffer())
                ? Optional.empty()
                : Optional.of(
                        new MaskedException(redaction.apply(String.valueOf(fault.getMessage())), printed.strip()));
    }

    /** The type of the other one stands here, and its message alone is for people. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return printed;
    }
}

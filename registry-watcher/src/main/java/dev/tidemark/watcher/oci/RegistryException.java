package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.Redaction;
import dev.tidemark.watcher.domain.Registry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends a walk through a registry's answers early; never leaves this package. */
final class RegistryException extends Exception {

    /** Controls, escapes, marks of direction, halves of characters: what a terminal obeys, or nobody sees. */
    private static final String UNPRINTABLE = "[\\p{C}\\p{Zl}\\p{Zp}]+";

    /** A sentence or two, and what the registry says itself. */
    private static final int MAX_MESSAGE = 1_000;

    private final ScanFailure reason;
    private final @Nullable Duration retryAfter;
    private final boolean refusal;

    RegistryException(ScanFailure reason, String message, @Nullable Duration retryAfter) {
        this(reason, message, retryAfter, reason == ScanFailure.AUTHENTICATION_FAILED);
    }

    private RegistryException(ScanFailure reason, String message, @Nullable Duration retryAfter, boolean refusal) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
        this.refusal = refusal;
    }

    /** A proxy refuses what its Secret holds. */
    static RegistryException refusedByProxy(String message) {
        return new RegistryException(ScanFailure.CONFIGURATION, message, null, true);
    }

    RegistryException(ScanFailure reason, String message) {
        this(reason, message, null);
    }

    /** Whether somebody has refused what Secrets hold. */
    boolean isRefusal() {
        return refusal;
    }

    ScanFailure reason() {
        return reason;
    }

    /** With a message for conditions, events and logs: no secret, one line, printable, not long. */
    Registry.Failed failed(Redaction redaction) {
        String line = redaction.apply(String.valueOf(getMessage())).replaceAll(UNPRINTABLE, " ");
        String text = line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "…" : line;
        return new Registry.Failed(reason, text, retryAfter);
    }
}

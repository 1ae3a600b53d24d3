package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.watcher.domain.Registry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends a walk through a registry's answers early; never leaves this package. */
final class RegistryException extends Exception {

    private final ScanFailure reason;
    private final @Nullable Duration retryAfter;

    RegistryException(ScanFailure reason, String message, @Nullable Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    RegistryException(ScanFailure reason, String message) {
        this(reason, message, null);
    }

    Registry.Failed failed() {
        return new Registry.Failed(reason, String.valueOf(getMessage()), retryAfter);
    }
}

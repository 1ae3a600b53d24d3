package dev.tidemark.flux;

import java.io.IOException;

/** An unexpected failure in words for people: its own where it has some, which none has whose words name types. */
public final class FaultText {

    private FaultText() {}

    public static String of(Throwable fault) {
        return switch (fault) {
            case StackOverflowError deep -> "something is nested too deeply to be read";
            case IllegalArgumentException wrong
            when wrong.getMessage() != null -> Redaction.ofUrls().apply(wrong.getMessage());
            default ->
                fault.getCause() instanceof IOException disk && disk.getMessage() != null
                        ? Redaction.ofUrls().apply(disk.getMessage())
                        : "an internal error, which the log shows";
        };
    }
}

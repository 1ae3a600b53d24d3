package dev.tidemark.flux.source;

import dev.tidemark.flux.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with what somebody declared, and what helps.
 *
 * @param where file and line
 * @param object the one that is declared there, null where that is not known or does not matter
 */
public record Problem(
        Severity severity,
        String where,
        String message,
        @Nullable ResourceId object) {

    /** Whether somebody has to act. */
    public enum Severity {
        /** A kind that Tidemark does not serve: fine, but said. */
        IGNORED,
        /** It is read, but holds what nobody reads: a misspelt field as a rule. */
        WARNING,
        /** It is not read; what was read earlier stays in force. */
        ERROR
    }

    public Problem(Severity severity, String where, String message) {
        this(severity, where, message, null);
    }
}

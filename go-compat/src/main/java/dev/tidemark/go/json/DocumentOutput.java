package dev.tidemark.go.json;

import org.jspecify.annotations.Nullable;

/**
 * Where a writer puts a document, piece by piece, and what it asks about the values of it. An implementation may throw to
 * end the writing, at a bound or at a value that it has no JSON for.
 */
@FunctionalInterface
public interface DocumentOutput {

    void append(CharSequence piece);

    /**
     * JSON's view of a value: null, {@link Boolean}, {@link Number}, {@link String}, {@link Iterable}, a {@link java.util.Map}
     * whose keys are sorted, or a {@link Struct} whose members keep their order.
     */
    default @Nullable Object view(@Nullable Object value) {
        return value;
    }

    /** A value begins inside of those that have not ended. */
    default void begin() {}

    default void end() {}
}

package dev.tidemark.policies;

import java.util.function.Function;

/**
 * What became of a text that a user wrote: a value, or one sentence that says what is wrong with it.
 * Parsers here return it in place of throwing, so that a bad text is handled where it is read.
 */
public sealed interface Parsed<T> {

    record Value<T>(T value) implements Parsed<T> {}

    /** @param message says what is wrong, with the offending text, without a full stop */
    record Malformed<T>(String message) implements Parsed<T> {}

    static <T> Parsed<T> of(T value) {
        return new Value<>(value);
    }

    static <T> Parsed<T> malformed(String message) {
        return new Malformed<>(message);
    }

    default <R> Parsed<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Value<T>(T value) -> new Value<>(change.apply(value));
            case Malformed<T>(String message) -> new Malformed<>(message);
        };
    }

    default <R> Parsed<R> flatMap(Function<? super T, Parsed<R>> change) {
        return switch (this) {
            case Value<T>(T value) -> change.apply(value);
            case Malformed<T>(String message) -> new Malformed<>(message);
        };
    }
}

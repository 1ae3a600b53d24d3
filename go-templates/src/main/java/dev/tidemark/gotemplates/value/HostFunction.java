package dev.tidemark.gotemplates.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function that a host puts into the data; templates run it with {@code call}. Thread-safe. */
@FunctionalInterface
public interface HostFunction {
    /** Computes the result; an exception that it throws fails the execution with its message. */
    @Nullable
    Object call(List<@Nullable Object> arguments);
}

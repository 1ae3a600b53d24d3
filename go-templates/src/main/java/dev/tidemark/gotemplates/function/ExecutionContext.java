package dev.tidemark.gotemplates.function;

import dev.tidemark.gotemplates.limits.Budget;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What functions may use of their surroundings.
 *
 * @param bindings values given for this execution, by the name of the function that returns them
 */
public record ExecutionContext(
        Budget budget, Clock clock, RandomGenerator random, Map<String, ? extends @Nullable Object> bindings) {}

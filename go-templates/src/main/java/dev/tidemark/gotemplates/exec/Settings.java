package dev.tidemark.gotemplates.exec;

import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.limits.Bounds;
import java.time.Clock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an engine was built with.
 *
 * @param functions by name; null where there is none of that name
 */
public record Settings(
        Function<String, @Nullable TemplateFunction> functions,
        MissingKey missingKey,
        Bounds bounds,
        Clock clock,
        RandomGenerator random) {}

package dev.tidemark.gotemplates.exec;

import dev.tidemark.gotemplates.Bounds;
import dev.tidemark.gotemplates.FunctionSet;
import dev.tidemark.gotemplates.MissingKey;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What an engine was built with. */
public record Settings(
        FunctionSet functions, MissingKey missingKey, Bounds bounds, Clock clock, RandomGenerator random) {}

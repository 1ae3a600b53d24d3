package dev.tidemark.benchmarks.policies;

import dev.tidemark.evaluator.app.EvaluatorConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The evaluator's settings as they are when nobody sets any. */
final class ShippedSettings {

    private ShippedSettings() {}

    static EvaluatorConfig read() {
        return new SmallRyeConfigBuilder()
                .withMapping(EvaluatorConfig.class)
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(EvaluatorConfig.class);
    }
}

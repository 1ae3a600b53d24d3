package dev.tidemark.runtime.metrics;

import io.prometheus.client.exemplars.Exemplar;
import io.prometheus.client.exemplars.ExemplarSampler;
import org.jspecify.annotations.Nullable;

/**
 * Exemplars that name the correlation of what was measured: from a slow bucket to {@code tidemark explain} and the log. Only
 * what is measured {@linkplain #during within} a correlation has one.
 */
public final class Correlations implements ExemplarSampler {

    private static final String LABEL = "correlation";

    /** OpenMetrics allows 128 characters for names and values of an exemplar's labels together. */
    private static final int MAX_LENGTH = 128 - LABEL.length();

    private static final ScopedValue<String> NOW = ScopedValue.newInstance();

    /** Measures something of a correlation. */
    public void during(String correlation, Runnable measuring) {
        ScopedValue.where(NOW, correlation).run(measuring);
    }

    @Override
    public @Nullable Exemplar sample(double value, double from, double to, @Nullable Exemplar previous) {
        return sample(value, previous);
    }

    @Override
    public @Nullable Exemplar sample(double increment, @Nullable Exemplar previous) {
        return NOW.isBound() && NOW.get().length() <= MAX_LENGTH
                ? new Exemplar(increment, System.currentTimeMillis(), LABEL, NOW.get())
                : previous;
    }
}

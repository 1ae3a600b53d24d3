package dev.tidemark.runtime.metrics;

import dev.tidemark.events.Envelope;
import dev.tidemark.runtime.trace.TraceContext;
import io.prometheus.client.exemplars.Exemplar;
import io.prometheus.client.exemplars.ExemplarSampler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exemplars that name the correlation of what was measured: from a slow bucket to {@code tidemark explain} and the log. Only
 * what is measured {@linkplain #during within} a correlation has one.
 */
public final class Correlations implements ExemplarSampler {

    private static final String LABEL = "correlation";

    /** What Grafana looks for. */
    private static final String TRACE = "trace_id";

    /** OpenMetrics allows 128 characters for names and values of an exemplar's labels together. */
    private static final int MAX_LENGTH = 128;

    private static final ScopedValue<Envelope<?>> NOW = ScopedValue.newInstance();

    private final boolean traces;

    /** @param traces whether there are traces that an exemplar can lead to, too */
    public Correlations(boolean traces) {
        this.traces = traces;
    }

    /** Measures something that a fact of a correlation is about. */
    public void during(Envelope<?> fact, Runnable measuring) {
        ScopedValue.where(NOW, fact).run(measuring);
    }

    @Override
    public @Nullable Exemplar sample(double value, double from, double to, @Nullable Exemplar previous) {
        return sample(value, previous);
    }

    @Override
    public @Nullable Exemplar sample(double increment, @Nullable Exemplar previous) {
        if (!NOW.isBound()) {
            return previous;
        }
        List<String> labels = labels(NOW.get());
        return String.join("", labels).length() <= MAX_LENGTH
                ? new Exemplar(increment, System.currentTimeMillis(), labels.toArray(String[]::new))
                : previous;
    }

    private List<String> labels(Envelope<?> fact) {
        return traces
                ? List.of(
                        LABEL,
                        fact.correlationid(),
                        TRACE,
                        TraceContext.of(fact).trace())
                : List.of(LABEL, fact.correlationid());
    }
}

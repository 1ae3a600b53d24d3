package dev.tidemark.broker;

import com.yammer.metrics.core.Metric;
import com.yammer.metrics.core.MetricName;
import com.yammer.metrics.core.MetricsRegistry;
import com.yammer.metrics.core.MetricsRegistryListener;
import com.yammer.metrics.core.Stoppable;

/**
 * Keeps the broker's own rates from being worked out. Each of some three hundred meters does that every five seconds, which
 * is a tenth of what an idle installation costs, and nobody reads them here: the services measure what concerns them.
 */
enum UnreadRates implements MetricsRegistryListener {
    INSTANCE;

    /** To be called before the broker makes its meters; once more for a broker that starts later in this JVM is harmless. */
    static void in(MetricsRegistry registry) {
        registry.removeListener(INSTANCE);
        registry.addListener(INSTANCE);
    }

    @Override
    public void onMetricAdded(MetricName name, Metric metric) {
        if (metric instanceof Stoppable ticking) {
            ticking.stop();
        }
    }

    @Override
    public void onMetricRemoved(MetricName name) {}
}

package dev.tidemark.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.yammer.metrics.core.Gauge;
import com.yammer.metrics.core.Metric;
import com.yammer.metrics.core.MetricName;
import com.yammer.metrics.core.MetricProcessor;
import com.yammer.metrics.core.MetricsRegistry;
import com.yammer.metrics.core.Stoppable;
import org.junit.jupiter.api.Test;

class UnreadRatesTest {

    private static final MetricName NAME = new MetricName(UnreadRatesTest.class, "records");

    private final Registry registry = new Registry();

    @Test
    void whatWouldTickIsStoppedWheneverItIsMade() {
        Rate before = registry.add(NAME, new Rate());
        UnreadRates.in(registry);
        Rate behind = registry.add(new MetricName(UnreadRatesTest.class, "bytes"), new Rate());

        assertThat(before.stopped).isOne();
        assertThat(behind.stopped).isOne();
    }

    @Test
    void aSecondBrokerDoesNotStopThemTwice() {
        UnreadRates.in(registry);
        UnreadRates.in(registry);

        assertThat(registry.add(NAME, new Rate()).stopped).isOne();
    }

    @Test
    void whatIsOnlyAskedStays() {
        UnreadRates.in(registry);
        Gauge<Integer> gauge = registry.newGauge(NAME, new Gauge<>() {
            @Override
            public Integer value() {
                return 7;
            }
        });

        assertThat(registry.allMetrics().get(NAME)).isSameAs(gauge);
    }

    private static final class Registry extends MetricsRegistry {

        <M extends Metric> M add(MetricName name, M metric) {
            return getOrAdd(name, metric);
        }
    }

    private static final class Rate implements Metric, Stoppable {

        private int stopped;

        @Override
        public void stop() {
            stopped++;
        }

        @Override
        public <T> void processWith(MetricProcessor<T> processor, MetricName name, T context) {}
    }
}

package dev.tidemark.watcher.app;

import dev.tidemark.runtime.metrics.Meters;
import dev.tidemark.runtime.metrics.Metric;
import dev.tidemark.watcher.domain.budget.Answer;
import dev.tidemark.watcher.oci.RequestListener;
import java.time.Duration;

/** Counts what registries are asked. */
record RequestMetrics(Meters meters) implements RequestListener {

    @Override
    public void answered(String host, Answer answer) {
        meters.count(
                Metric.REGISTRY_REQUESTS,
                host,
                switch (answer) {
                    case Answer.Served served -> "served";
                    case Answer.Limited limited -> "limited";
                    case Answer.Failed failed -> "failed";
                });
    }

    @Override
    public void waited(String host, Duration time) {
        meters.took(Metric.REGISTRY_WAIT, time, host);
    }
}

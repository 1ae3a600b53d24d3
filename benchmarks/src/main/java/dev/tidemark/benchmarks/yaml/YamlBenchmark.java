package dev.tidemark.benchmarks.yaml;

import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlParser;
import dev.tidemark.go.yaml.YamlReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 200 Deployments with comments, quotes and a block of text each, in one text of about 160 kB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class YamlBenchmark {

    private static final int DEPLOYMENTS = 200;

    private String text = text();

    /** What the editor of marked files reads. */
    @Benchmark
    public int events() {
        YamlParser parser = new YamlParser(text, YamlDialect.KYAML);
        int events = 0;
        while (parser.next() != null) {
            events++;
        }
        return events;
    }

    /** What manifests are read as. */
    @Benchmark
    public int documents() {
        YamlReader reader = new YamlReader(text, YamlDialect.KUBERNETES);
        int documents = 0;
        while (reader.next() != null) {
            documents++;
        }
        return documents;
    }

    static String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < DEPLOYMENTS; i++) {
            text.append("""
                    ---
                    # the web server of team %1$d
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: web-%1$d
                      namespace: "team-%1$d"
                      labels: {app.kubernetes.io/name: web, app.kubernetes.io/instance: 'web-%1$d'}
                    spec:
                      replicas: 3
                      revisionHistoryLimit: 2
                      selector:
                        matchLabels:
                          app.kubernetes.io/name: web
                      template:
                        spec:
                          containers:
                            - name: web
                              image: registry.example.com/team/web:1.%1$d.0 # {"$imagepolicy": "apps:web"}
                              args: [--port, "8080", --verbose]
                              env:
                                - name: CONFIG
                                  value: |
                                    listen = 0.0.0.0:8080
                                    log = "info"
                                - name: RATIO
                                  value: "0.5"
                              resources:
                                limits: {cpu: 500m, memory: 128Mi}
                              ports:
                                - containerPort: 8080
                    """.formatted(i));
        }
        return text.toString();
    }
}

package dev.tidemark.benchmarks.setters;

import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.flux.ImageRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The editor on a megabyte of YAML of several kinds, so that a result is what a megabyte takes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EditorBenchmark {

    private static final int MEGABYTE = 1_000_000;
    private static final List<Policy> POLICIES =
            List.of(new Policy("apps", "web", new ImageRef("registry.example.com/team/web", "2.0.0", null)));

    private static final String DOCUMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web-NUMBER
              labels: {app: web, team: "shop", "app.kubernetes.io/part-of": store}
            spec:
              # two are enough at night
              replicas: 3
              template:
                spec:
                  containers:
                  - name: web
                    image: registry.example.com/team/web:1.0.NUMBERMARKER
                    args: [--port=8080, '--log=json']
                    env:
                    - name: GREETING
                      value: "hello \\"world\\""
                    command:
                    - sh
                    - -c
                    - |
                      set -e
                      exec web --config /etc/web.yaml
            """;

    private static final String MARKER = " # {\"$imagepolicy\": \"apps:web\"}";

    /** What the megabyte consists of. */
    public enum Kind {
        /** Manifests of a file each, as in most repositories: all are marked, and all change. */
        MANIFESTS,
        /** One file, with one marked value that changes. */
        ONE_FILE,
        /** One file, with a marked value in each document, that all change. */
        MANY_MARKERS,
        /** The same, as it is to be: nothing changes. */
        UNCHANGED
    }

    @Param
    private Kind kind = Kind.MANIFESTS;

    private Files files = new Files(Map.of());

    private record Files(Map<String, String> texts) implements FileTree {

        @Override
        public @Nullable Node at(String path) {
            return path.isEmpty() ? new Node.Folder() : new Node.File();
        }

        @Override
        public List<Candidate> candidates(String folder) {
            return texts.keySet().stream()
                    .map(path -> new Candidate(path, path))
                    .toList();
        }

        @Override
        public Content read(String path) {
            return new Content.Text(texts.getOrDefault(path, ""));
        }
    }

    /** Makes the megabyte. */
    @Setup
    public void fill() {
        Map<String, String> texts = new TreeMap<>();
        StringBuilder one = new StringBuilder();
        int length = 0;
        for (int number = 0; length < MEGABYTE; number++) {
            boolean marked = kind != Kind.ONE_FILE || number == 0;
            String text = DOCUMENT.replace("1.0.NUMBER", kind == Kind.UNCHANGED ? "2.0.0" : "1.0.NUMBER")
                    .replace("NUMBER", Integer.toString(number))
                    .replace("MARKER", marked ? MARKER : "");
            length += text.length();
            texts.put("web-" + number + ".yaml", text);
            one.append("---\n").append(text);
        }
        files = new Files(kind == Kind.MANIFESTS ? texts : Map.of("all.yaml", one.toString()));
    }

    @Benchmark
    public int apply() {
        return new YamlSetters().apply(files, null, "apps", POLICIES).changes().size();
    }
}

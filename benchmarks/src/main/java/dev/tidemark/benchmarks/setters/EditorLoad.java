package dev.tidemark.benchmarks.setters;

import dev.tidemark.benchmarks.Report;
import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.flux.ImageRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long the editor takes for a megabyte of manifests: to find that nothing changes, and to change one value in each
 * document, which includes reading the result again.
 */
public final class EditorLoad {

    private static final String DOCUMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web-NUMBER
              namespace: apps
              labels: {app: web, team: "shop", "app.kubernetes.io/part-of": store}
            spec:
              # two are enough at night
              replicas: 3
              template:
                spec:
                  containers:
                  - name: web
                    image: registry.example.com/team/web:1.0.NUMBER # {"$imagepolicy": "apps:web"}
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
            ---
            """;

    private static final int DOCUMENTS = 1_600;
    private static final int ROUNDS = 15;
    private static final double NANOSECONDS = 1e6;
    private static final double MEGABYTE = 1e6;

    private EditorLoad() {}

    private record OneFile(String text) implements FileTree {

        @Override
        public @Nullable Node at(String path) {
            return path.isEmpty() ? new Node.Folder() : new Node.File();
        }

        @Override
        public List<Candidate> candidates(String folder) {
            return List.of(new Candidate("all.yaml", text));
        }

        @Override
        public Content read(String path) {
            return new Content.Text(text);
        }
    }

    public static void main(String... args) {
        Report report = new Report(Path.of(args[0]));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < DOCUMENTS; i++) {
            text.append(DOCUMENT.replace("NUMBER", Integer.toString(i)));
        }
        OneFile file = new OneFile(text.toString());
        measure(report, "one value of each document changes", file, "2.0.0");
        OneFile same = new OneFile(file.text().replaceAll("web:1\\.0\\.\\d+", "web:2.0.0"));
        measure(report, "nothing changes", same, "2.0.0");
    }

    private static void measure(Report report, String what, OneFile file, String tag) {
        List<Policy> policies =
                List.of(new Policy("apps", "web", new ImageRef("registry.example.com/team/web", tag, null)));
        double best = Double.MAX_VALUE;
        int changed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            changed = new YamlSetters()
                    .apply(file, null, "apps", policies)
                    .changes()
                    .size();
            best = Math.min(best, (System.nanoTime() - begin) / NANOSECONDS);
        }
        double size = file.text().length() / MEGABYTE;
        report.say(String.format(
                Locale.ROOT, "%s: %.1f ms per MB (%.2f MB, %d changes)", what, best / size, size, changed));
    }
}

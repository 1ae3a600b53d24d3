package dev.tidemark.benchmarks.gotemplates;

import dev.tidemark.gotemplates.FunctionSet;
import dev.tidemark.gotemplates.TemplateEngine;
import dev.tidemark.gotemplates.exec.MissingKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Templates and data of the sizes that people have. */
final class Samples {
    static final TemplateEngine COMMIT =
            TemplateEngine.builder().functions(FunctionSet.commitMessage()).build();
    static final TemplateEngine RESOURCES = TemplateEngine.builder()
            .functions(FunctionSet.resourceSet())
            .delimiters("<<", ">>")
            .missingKey(MissingKey.ERROR)
            .build();

    static final String COMMIT_MESSAGE = """
            chore: update {{ len .changes }} images

            {{ range $file, $changes := .files -}}
            {{ $file | base }}:
            {{- range $changes }}
            - {{ .old }} -> {{ .new }} ({{ .setter | splitList ":" | last }})
            {{- end }}
            {{ end -}}
            {{ range .changes }}{{ if contains ":" .new }}{{ .new | splitList ":" | last | quote }} {{ end }}{{ end }}
            """;

    private static final String RESOURCE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: << inputs.tenant | slugify >>
              labels:
                << inputs.labels | toYaml | nindent 4 >>
            spec:
              replicas: << inputs.replicas | default 1 >>
              template:
                spec:
                  containers:
                    << range $name, $image := inputs.images >>
                    - name: << $name | quote >>
                      image: << printf "%s:%s" $image.repository $image.tag | quote >>
                      args: << list "--name" $name "--level" (get $image "level" | default "info") | toJson >>
                    << end >>
            ---
            """;

    private Samples() {}

    /** One Deployment, or as many as fill a large template of 80 documents. */
    static String resources(int documents) {
        return RESOURCE.repeat(documents);
    }

    static Map<String, Object> commitData() {
        var files = new LinkedHashMap<String, Object>();
        List<Object> all = new ArrayList<>();
        for (int file = 0; file < 5; file++) {
            List<Object> changes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                changes.add(Map.of(
                        "old", "ghcr.io/acme/web-" + i + ":1." + file + ".0",
                        "new", "ghcr.io/acme/web-" + i + ":1." + file + ".1",
                        "setter", "flux-system:web-" + i));
            }
            files.put("clusters/prod/apps-" + file + ".yaml", changes);
            all.addAll(changes);
        }
        return Map.of("files", files, "changes", all);
    }

    static Map<String, Object> inputs() {
        return Map.of(
                "tenant",
                "Team A & B",
                "replicas",
                3L,
                "labels",
                Map.of("app.kubernetes.io/name", "web", "tier", "front", "cost", "12"),
                "images",
                Map.of(
                        "web", Map.of("repository", "ghcr.io/acme/web", "tag", "1.4.2", "level", "debug"),
                        "proxy", Map.of("repository", "ghcr.io/acme/proxy", "tag", "2.0.0-rc.1")));
    }
}

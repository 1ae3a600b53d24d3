package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.flux.view.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes as kubectl prints them. */
class DocumentsTest {

    private static final Tree OBJECT = Tree.parse("""
            metadata: {name: b}
            kind: Any
            spec: {range: ">=1.0 <2", share: 1e-7, count: 1.0, time: "12:30", answer: "yes", none: {}, all: [1, []]}
            """);
    private static final Found FOUND = new Found(ObjectKinds.SERVED.getFirst(), OBJECT);

    @Test
    void jsonIsSortedAndSafeInHtml() {
        assertThat(Documents.print(new OutputFormat.Json(), List.of(FOUND), true))
                .isEqualTo("""
                {
                    "kind": "Any",
                    "metadata": {
                        "name": "b"
                    },
                    "spec": {
                        "all": [
                            1,
                            []
                        ],
                        "answer": "yes",
                        "count": 1,
                        "none": {},
                        "range": "\\u003e=1.0 \\u003c2",
                        "share": 1e-7,
                        "time": "12:30"
                    }
                }
                """);
    }

    @Test
    void yamlIsSortedAndQuotesWhatItWouldMisread() {
        assertThat(Documents.print(new OutputFormat.Yaml(), List.of(FOUND), false))
                .isEqualTo("""
                apiVersion: v1
                items:
                - kind: Any
                  metadata:
                    name: b
                  spec:
                    all:
                    - 1
                    - []
                    answer: "yes"
                    count: 1
                    none: {}
                    range: '>=1.0 <2'
                    share: 1e-07
                    time: "12:30"
                kind: List
                """);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (OutputFormat format : List.of(new OutputFormat.Json(), new OutputFormat.Yaml())) {
            assertThat(Tree.parse(Documents.print(format, List.of(FOUND), true)))
                    .isEqualTo(OBJECT);
        }
    }
}

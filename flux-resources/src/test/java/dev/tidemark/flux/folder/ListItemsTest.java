package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.source.Problem;
import org.junit.jupiter.api.Test;

class ListItemsTest {

    private static final String ITEM = """
            - apiVersion: image.toolkit.fluxcd.io/v1
              kind: ImageRepository
              metadata: {name: %s, namespace: apps}
              spec: {image: ghcr.io/acme/web, interval: 1m%s}
            """;

    @Test
    void aFieldThatAnItemWritesTwiceIsAWarningOnThatItem() {
        String text = "apiVersion: v1\nkind: List\nitems:\n" + ITEM.formatted("one", "")
                + ITEM.formatted("two", ", interval: 5m") + ITEM.formatted("three", "");

        assertThat(ManifestReader.read("a.yaml", text, false).problems())
                .singleElement()
                .extracting(Problem::where, Problem::message)
                .containsExactly(
                        "a.yaml:11",
                        "ImageRepository apps/two: the field interval is written twice: this one counts, remove the other");
    }
}

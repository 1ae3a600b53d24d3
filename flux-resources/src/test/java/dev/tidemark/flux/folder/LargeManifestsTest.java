package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.folder.ManifestReader.Content;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Manifests of a megabyte, in shapes for which a search for each line would take the square of it: hours. */
class LargeManifestsTest {

    private static final int CHARACTERS = 1_000_000;
    private static final String HEAD = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata:
              name: web
              namespace: apps
            """;
    private static final String SPEC = """
            spec:
              image: ghcr.io/acme/web
              interval: 1m
            """;
    private static final String JSON = """
            {"apiVersion": "image.toolkit.fluxcd.io/v1", "kind": "ImageRepository",
             "metadata": {"name": "r%d", "namespace": "apps"},
             "spec": {"image": "ghcr.io/acme/web", "interval": "1m"}}
            """;

    private static String many(IntFunction<String> part) {
        int count = CHARACTERS / part.apply(1_000).length();
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    private static Content read(String text) {
        return ManifestReader.read("a.yaml", text, false);
    }

    @Test
    void objectsOfAListInJson() {
        Content content = read("{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n"
                + many(i -> (i == 0 ? "" : ",") + JSON.formatted(i)) + "]}");

        assertThat(content.problems()).isEmpty();
        assertThat(content.declared()).hasSizeGreaterThan(5_000);
        assertThat(content.declared().get(1_000).where()).isEqualTo("a.yaml:3002");
    }

    @Test
    void objectsInJsonOneBehindTheOther() {
        Content content = read(many(JSON::formatted));

        assertThat(content.declared().get(1_000).where()).isEqualTo("a.yaml:3001");
        assertThat(read("{}\n".repeat(CHARACTERS / 3)).declared()).isEmpty();
    }

    @Test
    void fieldsThatAreNotKnown() {
        Content content = read(HEAD + SPEC + many("  x%d: 1\n"::formatted));

        assertThat(content.declared()).hasSize(1);
        assertThat(content.problems())
                .hasSizeBetween(1, 50)
                .allMatch(problem -> problem.severity() == Severity.WARNING);
    }

    @Test
    void annotationsThatAreNotKnown() {
        Content content = read(HEAD + "  annotations:\n" + many("    tidemark.dev/x%d: a\n"::formatted) + SPEC);

        assertThat(content.declared()).isEmpty();
        assertThat(content.problems()).hasSizeBetween(1, 50).allMatch(problem -> problem.severity() == Severity.ERROR);
    }

    @Test
    void itemsThatAreEmpty() {
        Content content = read(HEAD + SPEC + "  exclusionList:\n" + "  -\n".repeat(CHARACTERS / 4));

        assertThat(content.declared()).isEmpty();
        assertThat(content.problems()).hasSizeBetween(1, 50);
    }

    @Test
    void manyWarningsDoNotHideAnError() {
        String fields =
                IntStream.range(0, 100).mapToObj("  x%d: 1\n"::formatted).collect(Collectors.joining());
        Content content =
                read(HEAD + "spec:\n" + fields + "  image: ghcr.io/acme/web\n  interval: 1m\n  provider: 5\n");

        assertThat(content.declared()).isEmpty();
        assertThat(content.problems().getFirst())
                .extracting(Problem::severity, Problem::where)
                .containsExactly(Severity.ERROR, "a.yaml:109");
    }
}

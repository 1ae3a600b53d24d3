package dev.tidemark.flux.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShadowComparisonTest {

    private static final String READY = "conditions: [{type: Ready, status: 'True', reason: A, message: a}]";

    private static List<String> between(String theirs, String ours) throws IOException {
        return ShadowComparison.between(FluxJson.readYaml(theirs), FluxJson.readYaml(ours))
                .differences();
    }

    @Test
    void timesAndWordsAreNoDifference() throws IOException {
        assertThat(between(
                        "{observedGeneration: 3, latestRef: {name: a, tag: '1'}, " + READY + "}",
                        "{latestRef: {name: a, tag: '1'}, conditions: [{type: Ready, status: 'True', message: b}]}"))
                .isEmpty();
    }

    @Test
    void anotherTagAndAnotherReadinessAre() throws IOException {
        assertThat(between(
                        "{latestRef: {name: a, tag: '1'}, " + READY + "}",
                        "{latestRef: {name: a, tag: '2'}, conditions: [{type: Ready, status: 'False'}]}"))
                .containsExactly("latestRef.tag is 1, and would be 2", "Ready is True, and would be False");
    }

    @Test
    void whatTheOtherDoesNotSayIsAbsent() throws IOException {
        assertThat(between("{}", "{exportedInputs: [{tag: '1'}], " + READY + "}"))
                .containsExactly(
                        "exportedInputs is absent, and would be [{\"tag\":\"1\"}]",
                        "Ready is absent, and would be True");
    }

    @Test
    void whatOlderControllersSayOfTheImageIsCompared() throws IOException {
        String ours = "{latestImage: 'a:1', latestRef: {name: a, tag: '1'}}";
        assertThat(between("{latestImage: 'a:1'}", ours)).isEmpty();
        assertThat(between("{latestImage: 'a:0'}", ours)).containsExactly("latestImage is a:0, and would be a:1");
        assertThat(between("{latestRef: {name: a, tag: '0'}}", ours))
                .containsExactly("latestRef.tag is 0, and would be 1");
    }

    @Test
    void whatIsInOneInventoryOnlyIsNamed() throws IOException {
        String inventory = "{inventory: {entries: [%s]}}";
        String theirs = inventory.formatted("{id: apps_b__ConfigMap, v: v1}, {id: apps_a__ConfigMap, v: v1}");
        assertThat(between(
                        theirs, inventory.formatted("{id: apps_a__ConfigMap, v: v2}, {id: apps_b__ConfigMap, v: v1}")))
                .isEmpty();
        assertThat(between(
                        theirs, inventory.formatted("{id: apps_b__ConfigMap, v: v1}, {id: apps_c__ConfigMap, v: v1}")))
                .containsExactly(
                        "inventory lacks apps_c__ConfigMap, and would have it",
                        "inventory has apps_a__ConfigMap, and would not");
        assertThat(between(theirs, "{}")).isEmpty();
        String many = inventory.formatted(IntStream.range(10, 30)
                .mapToObj("{id: apps_m%d__ConfigMap, v: v1}"::formatted)
                .collect(Collectors.joining(", ")));
        assertThat(between("{}", many).getFirst()).contains("apps_m19__ConfigMap and 10 more");
    }

    @Test
    void whatWeDoNotSayIsNotCompared() throws IOException {
        assertThat(between("{latestRef: {name: a, tag: '1', digest: 'sha256:1'}}", "{latestRef: {name: a, tag: '1'}}"))
                .isEmpty();
    }
}

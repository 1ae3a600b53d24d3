package dev.tidemark.committer.setters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.committer.domain.ObjectKey;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.committer.domain.UpdateException;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.go.verdicts.VectorCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of {@code setter-update.json}: what Flux's own code changed, byte for byte where that is defined. */
@Tag("vectors:setter-update")
class SetterVectorsTest {

    /** Flux writes a List's items to stray files; Tidemark edits the List in place (quirk Q7). */
    private static final String LIST_CASE = "s-setter-update-176";

    static Stream<VectorCase> cases() {
        return VectorCase.of("setter-update");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void changesWhatFluxChangesAndNothingElse(VectorCase given) {
        JsonNode vector = given.json();
        JsonNode input = vector.path("input");
        TextTree tree = new TextTree(texts(input.path("files")), texts(input.path("symlinks")));
        String path = input.path("path").asText("");

        if (vector.path("error").asBoolean()) {
            assertThatThrownBy(() -> new YamlSetters().apply(tree, path, "apps", policies(input)))
                    .isInstanceOf(UpdateException.class)
                    .hasMessageContaining(vector.path("error_contains").asText());
            return;
        }
        TreeUpdate update = new YamlSetters().apply(tree, path, "apps", policies(input));

        boolean list = vector.path("id").asText().equals(LIST_CASE);
        JsonNode expected = vector.path("expected");
        assertThat(changes(update)).isEqualTo(expectedChanges(expected, list));
        if (list) {
            assertThat(update.contents().get("deploy.yaml"))
                    .isEqualTo(input.path("files").path("deploy.yaml").asText().replace("1.4.0", "1.5.2"));
            return;
        }
        Map<String, String> after = tree.with(update.contents());
        Map<String, String> wanted = new TreeMap<>(tree.files());
        expected.path("expected_minimal").properties().forEach(file -> {
            String text = file.getValue().isNull()
                    ? after.get(file.getKey())
                    : file.getValue().asText();
            wanted.put(file.getKey(), text);
            if (file.getValue().isNull()) {
                assertThat(text).as("changed").isNotEqualTo(tree.files().get(file.getKey()));
            }
        });
        assertThat(after).isEqualTo(wanted);
    }

    private static List<Policy> policies(JsonNode input) {
        List<Policy> policies = new ArrayList<>();
        for (JsonNode policy : input.path("policies")) {
            if (!policy.path("noLatestRef").asBoolean()) {
                policies.add(new Policy(
                        policy.path("namespace").asText(),
                        policy.path("name").asText(),
                        new ImageRef(
                                policy.path("image").asText(),
                                policy.path("tag").asText(),
                                policy.path("digest").asText(null))));
            }
        }
        return policies;
    }

    private record Seen(String file, ObjectKey object, List<String> changes) {}

    private static List<Seen> changes(TreeUpdate update) {
        Map<String, Seen> seen = new TreeMap<>();
        for (SetterChange change : update.changes()) {
            seen.computeIfAbsent(
                            change.file() + '|' + change.object(),
                            key -> new Seen(change.file(), change.object(), new ArrayList<>()))
                    .changes()
                    .add(change.oldValue() + " -> " + change.newValue() + " by " + change.setter());
        }
        return sorted(seen.values().stream());
    }

    private static List<Seen> expectedChanges(JsonNode expected, boolean list) {
        return sorted(StreamSupport.stream(expected.path("changes").spliterator(), false)
                .map(change -> new Seen(
                        list ? "deploy.yaml" : change.path("file").asText(),
                        new ObjectKey(
                                change.path("object").path("apiVersion").asText(),
                                change.path("object").path("kind").asText(),
                                change.path("object").path("namespace").asText(),
                                change.path("object").path("name").asText()),
                        StreamSupport.stream(change.path("changes").spliterator(), false)
                                .map(c -> c.path("old").asText() + " -> "
                                        + c.path("new").asText() + " by "
                                        + c.path("setter").asText())
                                .toList())));
    }

    private static List<Seen> sorted(Stream<Seen> seen) {
        return seen.sorted(Comparator.comparing(Seen::file)
                        .thenComparing(s -> s.object().toString()))
                .toList();
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new TreeMap<>();
        map.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }
}

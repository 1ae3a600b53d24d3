package dev.tidemark.go.verdicts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of the shared vectors, which names it in a failure by its id. */
public final class VectorCase {

    private final String id;
    private final JsonNode json;

    VectorCase(JsonNode json) {
        this.id = json.path("id").asText();
        this.json = json;
    }

    public String id() {
        return id;
    }

    /**
     * All of it.
     *
     * @throws AssertionError for a case that Go cannot read: it fails by itself, wherever it stands
     */
    public JsonNode json() {
        beyond(json).ifPresent(number -> {
            throw new AssertionError(id + " holds " + number + ": no double is so large, Go refuses to read it");
        });
        return json;
    }

    private static Optional<String> beyond(JsonNode node) {
        if (node.isNumber()) {
            return Double.isInfinite(node.doubleValue()) ? Optional.of(node.asText()) : Optional.empty();
        }
        return node.valueStream()
                .map(VectorCase::beyond)
                .flatMap(Optional::stream)
                .findFirst();
    }

    public JsonNode input() {
        return json().path("input");
    }

    /** Whether it expects something of that name, whatever else is to be said of the case. */
    public boolean expects(String name) {
        return json.path("expected").has(name);
    }

    public JsonNode expected() {
        return json().path("expected");
    }

    /** Whether Go returned an error. */
    public boolean error() {
        return json().path("error").asBoolean();
    }

    public String errorContains() {
        return json().path("error_contains").asText();
    }

    /** Which step failed, empty where there is only one. */
    public String phase() {
        return json().path("error_phase").asText(expected().path("phase").asText());
    }

    /** A list of texts. */
    public static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    @Override
    public String toString() {
        String note = json.path("note").asText();
        return note.isEmpty() ? id : id + ' ' + note;
    }

    /** All cases of a family, in the order of its file. */
    public static Stream<VectorCase> of(String family) {
        return VectorFiles.cases(family);
    }
}

package dev.tidemark.flux.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Lays over a status what is wrong with what the object declares. A refused one is not ready and stalled, whatever the services
 * say of what stays in force; one with fields that nobody reads carries the condition {@code ManifestValid}. The services neither see
 * nor write these conditions.
 */
public final class VerdictConditions {

    /** The reason of {@code Ready} and {@code Stalled} of an object whose manifest is refused. */
    public static final String REFUSED = "InvalidManifest";

    /** Only there while it is false. */
    public static final String VALID = "ManifestValid";

    private static final String IGNORED_FIELD = "IgnoredField";
    private static final Set<String> READINESS = Set.of("Ready", "Stalled", "Reconciling");

    private final Clock clock;

    public VerdictConditions(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param own what a service says
     * @param before what is shown now, conditions of ours included
     */
    public JsonNode over(JsonNode own, JsonNode before, List<Problem> problems, long generation) {
        if (problems.isEmpty() || !(own instanceof ObjectNode)) {
            return own;
        }
        ObjectNode status = own.deepCopy();
        List<Condition> shown = conditions(before);
        List<Condition> now = new ArrayList<>();
        String refusal = text(problems, Severity.ERROR);
        String warning = text(problems, Severity.WARNING);
        if (!refusal.isEmpty()) {
            now.addAll(Conditions.after(shown, generation, clock.instant()).stalled(REFUSED, refusal));
        }
        conditions(own).stream()
                .filter(condition -> refusal.isEmpty() || !READINESS.contains(condition.type()))
                .forEach(now::add);
        if (!warning.isEmpty()) {
            now.add(new Condition(VALID, "False", IGNORED_FIELD, warning, generation, since(shown, warning)));
        }
        status.set("conditions", FluxJson.json().valueToTree(now));
        return status;
    }

    /** What a service said. */
    public static JsonNode without(JsonNode status) {
        if (!(status.path("conditions") instanceof ArrayNode all)) {
            return status;
        }
        ObjectNode copy = status.deepCopy();
        ArrayNode kept = copy.putArray("conditions");
        StreamSupport.stream(all.spliterator(), false)
                .filter(condition -> !condition.path("reason").asText().equals(REFUSED)
                        && !condition.path("type").asText().equals(VALID))
                .forEach(kept::add);
        return copy;
    }

    private Instant since(List<Condition> before, String warning) {
        return before.stream()
                .filter(condition ->
                        condition.type().equals(VALID) && condition.message().equals(warning))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String text(List<Problem> problems, Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .map(problem -> (problem.where().isEmpty() ? "" : problem.where() + ": ") + problem.message())
                .collect(Collectors.joining("; "));
    }

    private static List<Condition> conditions(JsonNode status) {
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode condition : status.path("conditions")) {
            try {
                conditions.add(FluxJson.json().treeToValue(condition, Condition.class));
            } catch (JsonProcessingException broken) {
                // somebody edited the file; what cannot be read is written anew
            }
        }
        return conditions;
    }
}

package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/**
 * What the definitions of a cluster name of a status. Flux's own, which may be installed, name less than ours, and an API server
 * refuses to apply what a definition does not name. It is asked only after it refused something, so that definitions of ours
 * cost no request.
 */
final class DeclaredStatuses {

    /** Somebody may have installed ours meanwhile; to find out costs one refused request for each kind. */
    static final Duration KEPT = Duration.ofHours(1);

    /** The words of structured-merge-diff, with which no code comes that nothing else has. */
    private static final String NOT_DECLARED = "not declared in schema";

    private final ClusterApi api;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param unapplied objects to which nothing can be applied at all: fields of theirs are not in the version of their manager */
    private record Known(JsonNode schema, Instant since, Set<ResourceId> unapplied) {}

    DeclaredStatuses(ClusterApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** Whether a status was refused for what it says beyond its definition. */
    static boolean isRefused(Answer answer) {
        return !answer.isSuccess() && answer.message().contains(NOT_DECLARED);
    }

    /** As much of a status as can be written, as far as that is known; all of it where nothing was refused. */
    JsonNode within(String kind, JsonNode status) {
        return of(kind).map(known -> within(known.schema(), status)).orElse(status);
    }

    private Optional<Known> of(String kind) {
        return Optional.ofNullable(known.computeIfPresent(
                kind, (_, before) -> clock.instant().isAfter(before.since().plus(KEPT)) ? null : before));
    }

    /** Whether nothing can be applied to an object, as far as that is known. */
    boolean isUnapplied(ResourceId id) {
        return of(id.kind()).filter(known -> known.unapplied().contains(id)).isPresent();
    }

    /** Was refused also with no more than its definition names. */
    void unapplied(ResourceId id) {
        of(id.kind()).ifPresent(known -> known.unapplied().add(id));
    }

    /** Asks the API server, after a refusal; false where it does not say. */
    boolean learn(Served served) {
        Answer answer = api.get(served.description());
        if (!answer.isSuccess()) {
            return false;
        }
        Optional<JsonNode> schema = schema(answer.body().path("components").path("schemas"), served);
        schema.ifPresent(found -> known.compute(
                served.kind().name(),
                (_, before) -> new Known(
                        found, clock.instant(), before == null ? ConcurrentHashMap.newKeySet() : before.unapplied())));
        return schema.isPresent();
    }

    private static Optional<JsonNode> schema(JsonNode schemas, Served served) {
        for (JsonNode schema : schemas) {
            boolean same = StreamSupport.stream(
                            schema.path("x-kubernetes-group-version-kind").spliterator(), false)
                    .anyMatch(
                            of -> of.path("kind").asText().equals(served.kind().name())
                                    && of.path("version").asText().equals(served.version()));
            if (same) {
                return Optional.of(schema.path("properties").path("status"));
            }
        }
        return Optional.empty();
    }

    private static JsonNode within(JsonNode schema, JsonNode value) {
        if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            return value;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode kept = FluxJson.json().createObjectNode();
            object.properties().forEach(member -> {
                JsonNode of = member(schema, member.getKey());
                if (!of.isMissingNode()) {
                    kept.set(member.getKey(), within(of, member.getValue()));
                }
            });
            return kept;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode kept = FluxJson.json().createArrayNode();
            array.forEach(item -> kept.add(within(schema.path("items"), item)));
            return kept;
        }
        return value;
    }

    private static JsonNode member(JsonNode schema, String name) {
        JsonNode declared = schema.path("properties").path(name);
        JsonNode any = schema.path("additionalProperties");
        return declared.isMissingNode() && any.isObject() ? any : declared;
    }
}

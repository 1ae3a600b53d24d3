package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.schema.Schemas;
import dev.tidemark.flux.schema.Shape;
import dev.tidemark.flux.status.StatusWriters;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the definitions that a cluster has do not allow of what Tidemark serves: Flux's own may be installed, of any version, and
 * an API server drops what a definition does not name.
 */
final class InstalledDefinitions {

    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
    private static final String PROPERTIES = "properties";
    private static final String KEEPS_ANYTHING = "x-kubernetes-preserve-unknown-fields";

    private final ClusterApi api;

    InstalledDefinitions(ClusterApi api) {
        this.api = api;
    }

    /**
     * One line for each thing, the kind first; empty where everything can work.
     *
     * @throws UncheckedIOException where definitions may not be read, or the API server does not answer
     */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Kind<?> kind : Kinds.all()) {
            if (!kind.group().isEmpty()) {
                of(kind).forEach(problem -> problems.add(kind.name() + ": " + problem));
            }
        }
        return problems;
    }

    private List<String> of(Kind<?> kind) {
        Answer answer = api.get(DEFINITIONS + kind.plural() + '.' + kind.group());
        if (answer.code() == Answer.NOT_FOUND) {
            return Kinds.isOptional(kind)
                    ? List.of()
                    : List.of("there is no definition, so there are no objects of it: apply deploy/crds");
        }
        if (!answer.isSuccess()) {
            throw ClusterApi.refused("read definitions", answer.code(), answer.message());
        }
        Optional<JsonNode> version = served(kind, answer.body());
        return version.map(found -> of(kind, found))
                .orElseGet(() -> List.of("none of the versions " + String.join(", ", kind.versions())
                        + " is served, so its objects are not read: apply deploy/crds"));
    }

    /** The version that Tidemark reads it in. */
    private static Optional<JsonNode> served(Kind<?> kind, JsonNode definition) {
        for (String name : kind.versions()) {
            for (JsonNode version : definition.path("spec").path("versions")) {
                if (version.path("name").asText().equals(name)
                        && version.path("served").asBoolean()) {
                    return Optional.of(version);
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> of(Kind<?> kind, JsonNode version) {
        List<String> problems = new ArrayList<>();
        JsonNode schema = version.path("schema").path("openAPIV3Schema").path(PROPERTIES);
        if (Schemas.of(kind) instanceof Shape.Members object && object.members().containsKey("spec")) {
            Shape spec = Objects.requireNonNull(object.members().get("spec")).shape();
            missing(spec, schema.path("spec"), "spec", problems);
        }
        StatusWriters.type(kind).ifPresent(status -> {
            if (!version.path("subresources").has("status")) {
                problems.add("it has no status subresource: no status is written");
            }
            dropped(status, schema.path("status"), "status", problems);
        });
        return problems;
    }

    private static void dropped(Class<?> said, JsonNode schema, String path, List<String> problems) {
        for (RecordComponent member : said.getRecordComponents()) {
            String inner = path + '.' + member.getName();
            JsonNode there = schema.path(PROPERTIES).path(member.getName());
            if (!keeps(schema, member.getName())) {
                problems.add(inner + " is dropped, and nobody sees it");
            } else if (member.getType().isRecord()) {
                dropped(member.getType(), there, inner, problems);
            } else if (member.getGenericType() instanceof ParameterizedType many
                    && many.getActualTypeArguments()[many.getActualTypeArguments().length - 1] instanceof Class<?> of
                    && of.isRecord()) {
                boolean map = member.getType().equals(Map.class);
                dropped(of, there.path(map ? "additionalProperties" : "items"), inner + "[]", problems);
            }
        }
    }

    private static void missing(Shape shape, JsonNode schema, String path, List<String> problems) {
        switch (shape) {
            case Shape.Members members ->
                members.members().forEach((name, member) -> {
                    String inner = path + '.' + name;
                    if (!keeps(schema, name)) {
                        problems.add(inner + " cannot be set, it is dropped");
                    } else {
                        missing(member.shape(), schema.path(PROPERTIES).path(name), inner, problems);
                    }
                });
            case Shape.Items items -> missing(items.item(), schema.path("items"), path + "[]", problems);
            default -> {}
        }
    }

    private static boolean keeps(JsonNode schema, String member) {
        return schema.path(PROPERTIES).has(member)
                || schema.path(KEEPS_ANYTHING).asBoolean()
                // an object of whatever members
                || !schema.has(PROPERTIES);
    }
}

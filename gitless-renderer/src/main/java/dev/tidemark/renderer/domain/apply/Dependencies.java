package dev.tidemark.renderer.domain.apply;

import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.renderer.domain.Json;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.health.Health;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a ResourceSet waits for before anything else is done (flux-gitless 2.7), read live and with the renderer's own
 * rights.
 *
 * @param expressions of {@code readyExpr}
 * @param crossing whether a set may depend on what lies in another namespace
 */
public record Dependencies(Expressions expressions, CrossNamespaceRefs crossing) {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** What became of looking. */
    public sealed interface Outcome {

        /** All are there, and as ready as is asked for. */
        record Met() implements Outcome {}

        /** Not yet. */
        record NotReady(String message) implements Outcome {}

        /** An expression is none: only a change of the set helps. */
        record Invalid(String message) implements Outcome {}

        /** One lies in another namespace, and may not: only a change of the set helps. */
        record Denied(String message) implements Outcome {}
    }

    /** The language of {@code readyExpr}. */
    public interface Expressions {

        /** What is wrong with an expression; empty where it can be asked. */
        String problem(String expression);

        /** Whether it is true of an object; what cannot be told is not. */
        boolean isTrue(String expression, Map<String, @Nullable Object> object);
    }

    /** @throws ObjectStoreException where an object may not be read, or the place cannot be reached */
    public Outcome check(Resource<ResourceSetSpec> resourceSet, ObjectAccess objects, Instant now) {
        List<ResourceSetSpec.DependsOn> all =
                Objects.requireNonNullElse(resourceSet.spec().dependsOn(), List.of());
        for (ResourceSetSpec.DependsOn one : all) {
            ObjectId id = id(one);
            if (!id.namespace().isEmpty() && crossing.block(resourceSet.namespace(), id.namespace())) {
                return new Outcome.Denied("can't access '" + id + "', cross-namespace references have been blocked");
            }
            String problem = asked(one).map(expressions::problem).orElse("");
            if (!problem.isEmpty()) {
                return new Outcome.Invalid("spec.dependsOn, readyExpr of " + id + ": " + problem);
            }
        }
        for (ResourceSetSpec.DependsOn one : all) {
            String missing = missing(one, resourceSet.namespace(), objects, now);
            if (!missing.isEmpty()) {
                return new Outcome.NotReady("dependency " + id(one) + ' ' + missing);
            }
        }
        return new Outcome.Met();
    }

    private static Optional<String> asked(ResourceSetSpec.DependsOn one) {
        return Optional.ofNullable(one.readyExpr()).filter(expression -> one.ready() && !expression.isBlank());
    }

    private static ObjectId id(ResourceSetSpec.DependsOn one) {
        int slash = one.apiVersion().indexOf('/');
        return new ObjectId(
                slash < 0 ? "" : one.apiVersion().substring(0, slash),
                one.kind(),
                Objects.requireNonNullElse(one.namespace(), ""),
                one.name());
    }

    /** What is missing; empty where nothing is. */
    private String missing(ResourceSetSpec.DependsOn one, String namespace, ObjectAccess objects, Instant now) {
        Optional<KubeObject> live = objects.find(id(one));
        if (live.isEmpty()) {
            return "is not there";
        }
        if (!one.ready()) {
            return "";
        }
        Optional<String> expression = asked(one);
        if (expression.isPresent()) {
            return expressions.isTrue(expression.get(), shown(live.get(), namespace))
                    ? ""
                    : "is not ready: its readyExpr is not true";
        }
        return switch (Health.of(live.get(), now)) {
            case Health.Current current -> "";
            case Health.InProgress(String words) -> isRunningJob(live.get()) ? "" : "is not ready: " + words;
            case Health.Failed(String words) -> "is not ready: " + words;
        };
    }

    /** Here a Job that runs is as it should be, other than where it is waited for. */
    private static boolean isRunningJob(KubeObject object) {
        return object.id().group().equals("batch")
                && object.kind().equals("Job")
                && object.members("status").get("startTime") != null;
    }

    /** Of a Secret of another namespace an expression sees no data. */
    private static Map<String, @Nullable Object> shown(KubeObject object, String namespace) {
        boolean foreign = object.id().group().isEmpty()
                && object.kind().equals("Secret")
                && !object.namespace().equals(namespace);
        KubeObject bare = object.without(foreign ? Set.of("data", "stringData") : Set.of(), Set.of());
        Map<String, @Nullable Object> json = new TreeMap<>(bare.json());
        if (json.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("annotations") instanceof Map<?, ?> annotations) {
            Map<String, @Nullable Object> fewer = new TreeMap<>(Json.object(annotations));
            fewer.remove(LAST_APPLIED);
            Map<String, @Nullable Object> copy = new TreeMap<>(Json.object(metadata));
            copy.put("annotations", fewer);
            json.put("metadata", copy);
        }
        return json;
    }
}

package dev.tidemark.flux.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.NamespaceContent;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Says in the status of an object what is wrong with its manifest. A refused one is not ready and stalled, whatever the
 * services say of what stays in force; one with unknown fields carries the condition {@code ManifestValid}. The services
 * neither see nor write these conditions.
 */
public final class ManifestConditions implements StatusStore {

    /** The reason of {@code Ready} and {@code Stalled} of an object whose manifest is refused. */
    public static final String REFUSED = "InvalidManifest";

    /** Only there while it is false. */
    static final String VALID = "ManifestValid";

    private static final String UNKNOWN_FIELD = "UnknownField";
    private static final Set<String> READINESS = Set.of("Ready", "Stalled", "Reconciling");

    private final StatusStore below;
    private final Clock clock;
    private final Map<ResourceId, Plain> plain = new HashMap<>();
    private Map<ResourceId, List<Problem>> problems = Map.of();

    /** What a service wrote. */
    private record Plain(Resource<?> resource, Object status) {}

    private ManifestConditions(StatusStore below, Clock clock) {
        this.below = below;
        this.clock = clock;
    }

    /** @param below where status is kept */
    public static ManifestConditions over(StatusStore below, ResourceSource resources, Clock clock) {
        ManifestConditions conditions = new ManifestConditions(below, clock);
        var unused = resources.onChange(conditions::follow);
        conditions.follow(resources.current());
        return conditions;
    }

    @Override
    public <T> Optional<T> read(ResourceId id, Class<T> type) {
        return below.read(id, JsonNode.class)
                .map(ManifestConditions::withoutOurs)
                .flatMap(status -> {
                    try {
                        return Optional.ofNullable(FluxJson.json().treeToValue(status, type));
                    } catch (JsonProcessingException broken) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public synchronized void write(Resource<?> resource, Object status) {
        plain.put(resource.id(), new Plain(resource, status));
        below.write(resource, withOurs(resource, status));
    }

    @Override
    public void tell(Resource<?> resource, String reason, String message) {
        below.tell(resource, reason, message);
    }

    @Override
    public synchronized void remove(ResourceId id) {
        plain.remove(id);
        below.remove(id);
        if (isRefused(id)) {
            show(id, null);
        }
    }

    private synchronized void follow(ResourceSnapshot snapshot) {
        Map<ResourceId, List<Problem>> before = problems;
        problems = snapshot.problems().stream()
                .filter(problem -> problem.object() != null && hasStatus(problem.object()))
                .collect(Collectors.groupingBy(problem -> problem.object()));
        Set<ResourceId> all = new HashSet<>(before.keySet());
        all.addAll(problems.keySet());
        all.stream()
                .filter(id -> !before.getOrDefault(id, List.of()).equals(problems.getOrDefault(id, List.of())))
                .forEach(id -> show(id, snapshot.resources().get(id)));
    }

    /** Brings the status of an object up to date with what is wrong with its manifest. */
    private void show(ResourceId id, @Nullable Resource<?> inForce) {
        Plain written = plain.get(id);
        if (written != null) {
            below.write(written.resource(), withOurs(written.resource(), written.status()));
            return;
        }
        JsonNode last = below.read(id, JsonNode.class)
                .map(ManifestConditions::withoutOurs)
                .orElse(null);
        boolean told = last != null && !last.path("conditions").isEmpty();
        if (isRefused(id) || (told && inForce != null)) {
            Resource<?> resource = inForce == null ? nameOf(id) : inForce;
            below.write(
                    resource, withOurs(resource, last == null ? FluxJson.json().createObjectNode() : last));
        } else if (last != null && !told) {
            below.remove(id);
        }
    }

    private boolean isRefused(ResourceId id) {
        return problems.getOrDefault(id, List.of()).stream().anyMatch(p -> p.severity() == Severity.ERROR);
    }

    private JsonNode withOurs(Resource<?> resource, Object status) {
        JsonNode own = FluxJson.json().valueToTree(status);
        List<Problem> wrong = problems.getOrDefault(resource.id(), List.of());
        if (wrong.isEmpty() || !(own instanceof ObjectNode object)) {
            return own;
        }
        List<Condition> before =
                conditions(below.read(resource.id(), JsonNode.class).orElse(own));
        List<Condition> now = new ArrayList<>();
        String refusal = text(wrong, Severity.ERROR);
        String warning = text(wrong, Severity.WARNING);
        long generation = resource.metadata().generation();
        if (!refusal.isEmpty()) {
            now.addAll(Conditions.after(before, generation, clock.instant()).stalled(REFUSED, refusal));
        }
        conditions(own).stream()
                .filter(condition -> refusal.isEmpty() || !READINESS.contains(condition.type()))
                .forEach(now::add);
        if (!warning.isEmpty()) {
            now.add(new Condition(VALID, "False", UNKNOWN_FIELD, warning, generation, since(before, warning)));
        }
        object.set("conditions", FluxJson.json().valueToTree(now));
        return object;
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
                .map(problem -> problem.where() + ": " + problem.message())
                .collect(Collectors.joining("; "));
    }

    private static JsonNode withoutOurs(JsonNode status) {
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

    private static boolean hasStatus(ResourceId id) {
        return Kinds.all().stream()
                .anyMatch(kind ->
                        kind.name().equals(id.kind()) && kind.contentField().equals("spec"));
    }

    /** An object of which nothing is known but its name. */
    private static Resource<NamespaceContent> nameOf(ResourceId id) {
        Kind<?> kind = Kinds.all().stream()
                .filter(k -> k.name().equals(id.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("only objects of known kinds are refused"));
        Kind<NamespaceContent> bare = new Kind<>(
                kind.name(),
                kind.group(),
                kind.versions(),
                kind.plural(),
                kind.shortNames(),
                NamespaceContent.class,
                "");
        Metadata metadata = new Metadata(id.namespace(), id.name(), Map.of(), Map.of(), "", 0, "");
        return new Resource<>(bare, metadata, new NamespaceContent());
    }
}

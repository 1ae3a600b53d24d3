package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.StatusStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Status as one YAML file per resource, {@code status/Kind/namespace/name.yaml}: the whole object, as kubectl would show
 * it. Its creation is when this folder first saw it. When its readiness changes there is an event below {@code events}.
 */
public final class FolderStatusStore implements StatusStore {

    private static final String READY = "Ready";
    private static final String STALLED = "Stalled";
    private static final String RECONCILING = "Reconciling";

    private final ResourceFiles files;
    private final OldFolderEvents events;
    private final Clock clock;
    private final Map<ResourceId, Written> written = new ConcurrentHashMap<>();

    /** @param text null when another process wrote it */
    private record Written(@Nullable String text, String created, JsonNode conditions) {}

    /** @param state the folder that has {@code status} and {@code events}; need not exist */
    public FolderStatusStore(Path state, Clock clock) {
        this.files = new ResourceFiles(state.resolve("status"));
        this.events = new OldFolderEvents(state.resolve("events"), clock);
        this.clock = clock;
    }

    @Override
    public <T> Optional<T> read(ResourceId id, Class<T> type) {
        try {
            return Optional.ofNullable(
                    FluxJson.json().treeToValue(readObject(id).path("status"), type));
        } catch (IOException absentOrBroken) {
            return Optional.empty();
        }
    }

    @Override
    public void write(Resource<?> resource, Object status) {
        // One at a time for each resource: an object has one creation, and its events one order.
        written.compute(resource.id(), (id, last) -> {
            try {
                return write(resource, status, last == null ? load(id) : last);
            } catch (IOException e) {
                throw new UncheckedIOException("the status of " + id + " could not be written", e);
            }
        });
    }

    @Override
    public void tell(Resource<?> resource, String reason, String message) {
        written.compute(resource.id(), (id, last) -> {
            try {
                events.add(id, ObjectEvent.NORMAL, reason, message);
                return last;
            } catch (IOException e) {
                throw new UncheckedIOException("an event of " + id + " could not be written", e);
            }
        });
    }

    @Override
    public void remove(ResourceId id) {
        written.compute(id, (_, _) -> {
            try {
                files.remove(id);
                events.remove(id);
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException("the status of " + id + " could not be removed", e);
            }
        });
    }

    private Written write(Resource<?> resource, Object status, Written before) throws IOException {
        ObjectNode object = object(resource, before.created(), status);
        String text = FluxJson.writeYaml(object);
        if (text.equals(before.text())) {
            return before;
        }
        files.replace(resource.id(), text);
        JsonNode conditions = object.path("status").path("conditions");
        JsonNode news = news(before.conditions(), conditions);
        if (!news.isMissingNode()) {
            events.add(
                    resource.id(),
                    isBad(news) ? ObjectEvent.WARNING : ObjectEvent.NORMAL,
                    news.path("reason").asText(),
                    news.path("message").asText());
        }
        return new Written(text, before.created(), conditions);
    }

    /** The condition to tell of: another readiness, a stall where it stays the same, or one more failed try. */
    private static JsonNode news(JsonNode before, JsonNode now) {
        JsonNode ready = condition(now, READY);
        if (changed(READY, before, now)) {
            return ready;
        }
        if (changed(STALLED, before, now)) {
            return condition(now, STALLED);
        }
        return isBad(ready) && changed(RECONCILING, before, now) ? ready : MissingNode.getInstance();
    }

    private static boolean changed(String type, JsonNode before, JsonNode now) {
        JsonNode condition = condition(now, type);
        return !condition.isMissingNode() && !says(condition).equals(says(condition(before, type)));
    }

    private static boolean isBad(JsonNode condition) {
        return condition.path("status").asText().equals("False")
                || condition.path("type").asText().equals(STALLED);
    }

    private Written load(ResourceId id) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            JsonNode object = readObject(id);
            String created = object.path("metadata").path("creationTimestamp").asText(now);
            return new Written(null, created, object.path("status").path("conditions"));
        } catch (IOException absentOrBroken) {
            return new Written(null, now, MissingNode.getInstance());
        }
    }

    private JsonNode readObject(ResourceId id) throws IOException {
        return files.read(id);
    }

    private static JsonNode condition(JsonNode conditions, String type) {
        return StreamSupport.stream(conditions.spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static List<String> says(JsonNode condition) {
        return List.of(
                condition.path("status").asText(),
                condition.path("reason").asText(),
                condition.path("message").asText());
    }

    private static ObjectNode object(Resource<?> resource, String created, Object status) {
        ObjectNode object = FluxJson.json().createObjectNode();
        object.put("apiVersion", resource.kind().apiVersion());
        object.put("kind", resource.kind().name());
        object.set("metadata", metadata(resource.metadata(), created));
        if (!resource.kind().contentField().isEmpty()) {
            object.set(resource.kind().contentField(), FluxJson.json().valueToTree(resource.spec()));
        }
        object.set("status", FluxJson.json().valueToTree(status));
        return object;
    }

    private static ObjectNode metadata(Metadata metadata, String created) {
        ObjectNode node = FluxJson.json().createObjectNode();
        node.put("name", metadata.name());
        node.put("namespace", metadata.namespace());
        node.put("creationTimestamp", created);
        if (!metadata.labels().isEmpty()) {
            node.set("labels", FluxJson.json().valueToTree(metadata.labels()));
        }
        if (!metadata.annotations().isEmpty()) {
            node.set("annotations", FluxJson.json().valueToTree(metadata.annotations()));
        }
        node.put("uid", metadata.uid());
        node.put("generation", metadata.generation());
        node.put("resourceVersion", metadata.resourceVersion());
        return node;
    }
}

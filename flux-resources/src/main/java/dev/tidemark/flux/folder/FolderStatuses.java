package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceWriter;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.flux.status.VerdictConditions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Status as one YAML file per object, {@code status/Kind/namespace/name.yaml}: the whole object, as kubectl would show it. A
 * file says what the services say and, over it, what is wrong with the manifest.
 */
public final class FolderStatuses implements StatusStore {

    private static final System.Logger LOG = System.getLogger(FolderStatuses.class.getName());

    /** So many objects are written at the same time at most; one object by one thread. */
    private static final int LOCKS = 64;

    /** While a manifest is refused: the conditions that a service wrote, which are not shown. */
    static final String SAID = "said";

    private final ResourceFiles files;
    private final FolderEvents events;
    private final FolderSource source;
    private final VerdictConditions verdicts;
    private final List<ReentrantLock> locks;

    private FolderStatuses(Path state, FolderEvents events, FolderSource source, Clock clock) {
        this.files = StateFiles.statuses(state);
        this.events = events;
        this.source = source;
        this.verdicts = new VerdictConditions(clock);
        this.locks = java.util.stream.Stream.generate(ReentrantLock::new)
                .limit(LOCKS)
                .toList();
    }

    /**
     * @param state the folder that has {@code status}; need not exist
     * @param source knows which objects there are, and what is wrong with their manifests
     */
    public static FolderStatuses of(Path state, FolderEvents events, FolderSource source, Clock clock) {
        FolderStatuses statuses = new FolderStatuses(state, events, source, clock);
        source.onVerdict(statuses::show);
        statuses.show(source.verdicts().byObject().keySet());
        return statuses;
    }

    /** The file of an object; all of it is missing where there is none. */
    private record Written(@Nullable String text, JsonNode object) {

        /** As people see it. */
        JsonNode status() {
            return object.path("status");
        }

        /** As a service wrote it. */
        JsonNode own() {
            JsonNode own = VerdictConditions.without(status());
            if (object.path(SAID) instanceof ArrayNode said && own instanceof ObjectNode status) {
                status.set("conditions", said);
            }
            return own;
        }
    }

    @Override
    public <T> Stored<T> read(ResourceId id, Class<T> type) {
        Written written = load(id);
        return new Stored<>(
                typed(written.own(), type),
                written.text(),
                written.object().path("metadata").path("uid").asText(null));
    }

    private static <T> Optional<T> typed(JsonNode status, Class<T> type) {
        try {
            return status.isMissingNode()
                    ? Optional.empty()
                    : Optional.ofNullable(FluxJson.json().treeToValue(status, type));
        } catch (IOException edited) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome write(Resource<?> resource, Object status, @Nullable String expected) {
        // before the lock: the source is never asked under it
        boolean there = source.find(resource.id())
                .filter(now -> now.metadata().uid().equals(resource.metadata().uid()))
                .isPresent();
        if (!there) {
            return Outcome.GONE;
        }
        ReentrantLock lock = lock(resource.id());
        lock.lock();
        try {
            Written before = load(resource.id());
            if (!java.util.Objects.equals(before.text(), expected)) {
                return Outcome.CONFLICT;
            }
            return store(resource, FluxJson.json().valueToTree(status), before) ? Outcome.WRITTEN : Outcome.UNCHANGED;
        } finally {
            lock.unlock();
        }
    }

    /** False where the file says it already. */
    private boolean store(Resource<?> resource, JsonNode status, Written before) {
        ObjectNode object = ResourceWriter.write(resource);
        object.set(
                "status",
                verdicts.over(
                        status,
                        before.status(),
                        source.verdicts().of(resource.id()),
                        resource.metadata().generation()));
        if (source.verdicts().isRefused(resource.id())
                && !status.path("conditions").isEmpty()) {
            object.set(SAID, status.path("conditions"));
        }
        return store(resource.id(), object, before);
    }

    private boolean store(ResourceId id, ObjectNode object, Written before) {
        String text = FluxJson.writeYaml(object);
        if (text.equals(before.text())) {
            return false;
        }
        try {
            files.replace(id, text);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the status of " + id + " could not be written", e);
        }
    }

    @Override
    public void remove(ResourceId id) {
        ReentrantLock lock = lock(id);
        lock.lock();
        try {
            files.remove(id);
            events.remove(id);
        } catch (IOException e) {
            throw new UncheckedIOException("the status of " + id + " could not be removed", e);
        } finally {
            lock.unlock();
        }
        show(Set.of(id));
    }

    @Override
    public Set<ResourceId> leftBehind(Kind<?> kind) {
        Set<ResourceId> left = new HashSet<>(files.all(kind.name()));
        left.removeIf(id -> source.find(id).isPresent());
        return left;
    }

    /** Brings the status of objects up to date with what is wrong with their manifests. */
    private void show(Set<ResourceId> ids) {
        for (ResourceId id : ids) {
            Optional<Resource<?>> resource = source.find(id);
            ReentrantLock lock = lock(id);
            lock.lock();
            try {
                show(id, resource);
            } catch (UncheckedIOException unwritable) {
                LOG.log(Level.WARNING, "what is wrong with the manifest of " + id + " could not be shown", unwritable);
            } finally {
                lock.unlock();
            }
        }
    }

    private void show(ResourceId id, Optional<Resource<?>> resource) {
        Written before = load(id);
        JsonNode own = before.own();
        boolean refused = source.verdicts().isRefused(id);
        // an inventory, for example, is there before the first condition is
        boolean said = own.properties().stream()
                .anyMatch(member -> !member.getKey().equals("conditions")
                        || !member.getValue().isEmpty());
        if (!refused && !said) {
            if (before.text() != null) {
                remove(id, before);
            }
        } else if (resource.isPresent()) {
            store(resource.get(), own.isMissingNode() ? FluxJson.json().createObjectNode() : own, before);
        } else if (refused) {
            store(id, nameOf(id), before);
        }
    }

    private void remove(ResourceId id, Written before) {
        try {
            files.remove(id);
        } catch (IOException e) {
            throw new UncheckedIOException("the status of " + id + " could not be removed: " + before.text(), e);
        }
    }

    /** An object of which nothing is known but its name. */
    private ObjectNode nameOf(ResourceId id) {
        ObjectNode object = FluxJson.json().createObjectNode();
        Kinds.all().stream()
                .filter(kind -> kind.name().equals(id.kind()))
                .findFirst()
                .ifPresent(kind -> object.put("apiVersion", kind.apiVersion()));
        object.put("kind", id.kind());
        object.putObject("metadata").put("name", id.name()).put("namespace", id.namespace());
        ObjectNode status = FluxJson.json().createObjectNode();
        object.set(
                "status",
                verdicts.over(status, load(id).status(), source.verdicts().of(id), 0));
        return object;
    }

    private Written load(ResourceId id) {
        try {
            String text = files.text(id);
            return text == null ? new Written(null, MissingNode.getInstance()) : new Written(text, parsed(text));
        } catch (IOException e) {
            throw new UncheckedIOException("the status of " + id + " could not be read", e);
        }
    }

    /** One that somebody edited and that cannot be read is written anew. */
    private static JsonNode parsed(String text) {
        try {
            return FluxJson.readYaml(text);
        } catch (IOException broken) {
            return MissingNode.getInstance();
        }
    }

    private ReentrantLock lock(ResourceId id) {
        return locks.get(Math.floorMod(id.hashCode(), LOCKS));
    }
}

package dev.tidemark.flux.folder;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.ObjectEvents;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.EventRecorder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Events as one YAML file per object, {@code events/Kind/namespace/name.yaml}. */
public final class FolderEvents implements EventRecorder {

    private static final System.Logger LOG = System.getLogger(FolderEvents.class.getName());

    /** Who says something of which kind. */
    private static final Map<String, String> SOURCES = Map.of(
            Kinds.IMAGE_REPOSITORY.name(), "registry-watcher",
            Kinds.RECEIVER.name(), "registry-watcher",
            Kinds.IMAGE_POLICY.name(), "policy-evaluator",
            Kinds.IMAGE_UPDATE_AUTOMATION.name(), "git-committer",
            Kinds.RESOURCE_SET.name(), "gitless-renderer",
            Kinds.RESOURCE_SET_INPUT_PROVIDER.name(), "gitless-renderer");

    private final ResourceFiles files;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param state the folder that has {@code events}; need not exist */
    public FolderEvents(Path state, Clock clock) {
        this.files = new ResourceFiles(state.resolve("events"));
        this.clock = clock;
    }

    @Override
    public void record(Resource<?> resource, Type type, String reason, String message) {
        ResourceId id = resource.id();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String said = type == Type.WARNING ? ObjectEvent.WARNING : ObjectEvent.NORMAL;
        String source = SOURCES.getOrDefault(id.kind(), "tidemark");
        lock.lock();
        try {
            ObjectEvents events = read(id).and(new ObjectEvent(said, reason, message, source, 1, now, now));
            files.replace(id, FluxJson.writeYaml(events));
        } catch (IOException lost) {
            LOG.log(Level.WARNING, "an event of " + id + " could not be written: " + lost.getMessage());
        } finally {
            lock.unlock();
        }
    }

    void remove(ResourceId id) throws IOException {
        lock.lock();
        try {
            files.remove(id);
        } finally {
            lock.unlock();
        }
    }

    private ObjectEvents read(ResourceId id) {
        try {
            ObjectEvents events = FluxJson.json().treeToValue(files.read(id), ObjectEvents.class);
            return events == null ? ObjectEvents.NONE : events;
        } catch (IOException absentOrBroken) {
            return ObjectEvents.NONE;
        }
    }
}

package dev.tidemark.flux.folder;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.ObjectEvents;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusWriters;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Events as one YAML file per object, {@code events/Kind/namespace/name.yaml}. */
public final class FolderEvents implements EventRecorder {

    private static final System.Logger LOG = System.getLogger(FolderEvents.class.getName());

    private final ResourceFiles files;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param state the folder that has {@code events}; need not exist */
    public FolderEvents(Path state, Clock clock) {
        this.files = StateFiles.events(state);
        this.clock = clock;
    }

    @Override
    public void record(Resource<?> resource, Type type, String reason, String message) {
        ResourceId id = resource.id();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String said = type == Type.WARNING ? ObjectEvent.WARNING : ObjectEvent.NORMAL;
        String source = StatusWriters.of(id.kind());
        lock.lock();
        try {
            ObjectEvents events = read(files, id).and(new ObjectEvent(said, reason, message, source, 1, now, now));
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

    /** None where there is no file, or one that somebody edited and that cannot be read. */
    static ObjectEvents read(ResourceFiles files, ResourceId id) {
        try {
            String text = files.text(id);
            return text == null
                    ? ObjectEvents.NONE
                    : new ObjectEvents(Tree.parse(text).trees("events").stream()
                            .map(FolderEvents::event)
                            .toList());
        } catch (IOException | IllegalArgumentException | DateTimeParseException broken) {
            return ObjectEvents.NONE;
        }
    }

    private static ObjectEvent event(Tree event) {
        return new ObjectEvent(
                event.text("type"),
                event.text("reason"),
                event.text("message"),
                event.text("source"),
                Integer.parseInt(event.text("count")),
                Instant.parse(event.text("firstTimestamp")),
                Instant.parse(event.text("lastTimestamp")));
    }
}

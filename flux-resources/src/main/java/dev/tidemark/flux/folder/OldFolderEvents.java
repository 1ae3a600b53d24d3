package dev.tidemark.flux.folder;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.ObjectEvents;
import dev.tidemark.flux.ResourceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Events as one YAML file per resource, {@code Kind/namespace/name.yaml}. Not safe for two writers of one resource. */
final class OldFolderEvents {

    /** Who writes the status of which kind. */
    private static final Map<String, String> SOURCES = Map.of(
            Kinds.IMAGE_REPOSITORY.name(), "registry-watcher",
            Kinds.RECEIVER.name(), "registry-watcher",
            Kinds.IMAGE_POLICY.name(), "policy-evaluator",
            Kinds.IMAGE_UPDATE_AUTOMATION.name(), "git-committer",
            Kinds.RESOURCE_SET.name(), "gitless-renderer",
            Kinds.RESOURCE_SET_INPUT_PROVIDER.name(), "gitless-renderer");

    private final ResourceFiles files;
    private final Clock clock;

    OldFolderEvents(Path folder, Clock clock) {
        this.files = new ResourceFiles(folder);
        this.clock = clock;
    }

    void add(ResourceId id, String type, String reason, String message) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String source = SOURCES.getOrDefault(id.kind(), "tidemark");
        ObjectEvents events = read(id).and(new ObjectEvent(type, reason, message, source, 1, now, now));
        files.replace(id, FluxJson.writeYaml(events));
    }

    void remove(ResourceId id) throws IOException {
        files.remove(id);
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

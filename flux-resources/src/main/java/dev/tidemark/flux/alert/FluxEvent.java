package dev.tidemark.flux.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusWriters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened to an object, as Flux's controllers tell each other and Flux's Providers the world (flux-git-based 3.4).
 *
 * @param metadata by key; as it is recorded the keys have a group before them, as it is delivered they have none
 * @param instance which replica told it; may be empty
 */
public record FluxEvent(
        Involved object,
        Severity severity,
        Instant timestamp,
        String message,
        String reason,
        SortedMap<String, String> metadata,
        String controller,
        String instance) {

    /** Before a key of metadata that means the same for every kind; annotations with it are told with each event. */
    public static final String GROUP = "event.toolkit.fluxcd.io/";

    /** The commit that an event is about: its id. */
    public static final String COMMIT = "commit";

    /** What an event is about, {@code branch@sha1:id}. */
    public static final String REVISION = "revision";

    private static final String ORIGIN_REVISION = "originRevision";

    /** Flux's definition of an event takes no more. */
    private static final int LONGEST_MESSAGE = 39_000;

    /** The objects that it is made of, and the names in them. */
    private static final long BYTES = 1_024;

    public FluxEvent {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** Whether somebody should look. */
    public enum Severity {
        INFO,
        ERROR;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The object that it happened to. */
    public record Involved(
            String apiVersion, String kind, String namespace, String name, String uid, String resourceVersion) {

        String group() {
            int slash = apiVersion.indexOf('/');
            return slash < 0 ? "" : apiVersion.substring(0, slash);
        }

        /** As all of Flux's messages to people name it. */
        String title() {
            return kind.toLowerCase(Locale.ROOT) + '/' + name + '.' + namespace;
        }
    }

    /** As it is recorded. */
    public static FluxEvent of(
            Resource<?> resource,
            EventRecorder.Type type,
            String reason,
            String message,
            Map<String, String> metadata,
            Instant at,
            String instance) {
        var object = new Involved(
                resource.kind().apiVersion(),
                resource.kind().name(),
                resource.namespace(),
                resource.name(),
                resource.metadata().uid(),
                resource.metadata().resourceVersion());
        TreeMap<String, String> all = new TreeMap<>();
        resource.metadata().annotations().forEach((key, value) -> {
            if (key.startsWith(GROUP)) {
                all.put(key, value);
            }
        });
        metadata.forEach((key, value) -> all.put(key.equals(COMMIT) ? GROUP + key : object.group() + '/' + key, value));
        return new FluxEvent(
                object,
                type == EventRecorder.Type.WARNING ? Severity.ERROR : Severity.INFO,
                at.truncatedTo(ChronoUnit.SECONDS),
                message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 3) + "...",
                reason,
                all,
                StatusWriters.fieldOwner(resource.kind().name()),
                instance);
    }

    /** The same with other metadata. */
    FluxEvent with(SortedMap<String, String> other) {
        return new FluxEvent(object, severity, timestamp, message, reason, other, controller, instance);
    }

    /** What a delivered event is about: a commit where it names one. */
    public Optional<String> revision() {
        return Optional.ofNullable(metadata.get(COMMIT))
                .or(() -> Optional.ofNullable(metadata.get(ORIGIN_REVISION)))
                .or(() -> Optional.ofNullable(metadata.get(REVISION)));
    }

    /** About as much memory as it holds while it waits. */
    public long bytes() {
        return BYTES
                + message.length()
                + metadata.entrySet().stream()
                        .mapToLong(one -> one.getKey().length() + one.getValue().length())
                        .sum();
    }

    /** {@code Kind/namespace/name}. */
    public String objectId() {
        return object.kind() + '/' + object.namespace() + '/' + object.name();
    }

    /** Members in the order of Flux's own. */
    public ObjectNode json() {
        ObjectNode event = FluxJson.json().createObjectNode();
        ObjectNode involved = event.putObject("involvedObject")
                .put("kind", object.kind())
                .put("namespace", object.namespace())
                .put("name", object.name());
        putUnlessEmpty(involved, "uid", object.uid());
        involved.put("apiVersion", object.apiVersion());
        putUnlessEmpty(involved, "resourceVersion", object.resourceVersion());
        event.put("severity", severity.word())
                .put("timestamp", timestamp.toString())
                .put("message", message)
                .put("reason", reason);
        if (!metadata.isEmpty()) {
            ObjectNode all = event.putObject("metadata");
            metadata.forEach(all::put);
        }
        event.put("reportingController", controller);
        putUnlessEmpty(event, "reportingInstance", instance);
        return event;
    }

    private static void putUnlessEmpty(ObjectNode object, String member, String value) {
        if (!value.isEmpty()) {
            object.put(member, value);
        }
    }
}

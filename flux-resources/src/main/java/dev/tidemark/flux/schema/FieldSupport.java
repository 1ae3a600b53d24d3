package dev.tidemark.flux.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What becomes of the fields that the definitions have and Tidemark does not serve: nothing that somebody writes is ignored
 * in silence. Every other field is served.
 */
public final class FieldSupport {

    /** What becomes of a field. */
    public enum Level {
        /** Another controller reads it, for work of its own; here it has no meaning. */
        ELSEWHERE("another controller's"),
        /** The object is not ready, and its conditions say why. */
        REFUSED("refused"),
        /** The object is served without it, and a condition says so. */
        LEFT_OUT("left out");

        private final String title;

        Level(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /**
     * @param path from the root, without indexes; what is below it shares its fate
     * @param why in the words of the condition
     */
    public record Note(String path, Level level, String why) {}

    private static final String SOURCE_CONTROLLER = "source-controller reads it when it fetches the repository";
    private static final String NO_LIVE_OBJECTS = "a folder has no live objects: see the message of Ready";

    private static final Map<Kind<?>, List<Note>> NOTES = Map.of(
            Kinds.IMAGE_UPDATE_AUTOMATION,
            List.of(elsewhere(
                    "spec.sourceRef.apiVersion", "every served version of a GitRepository is the same object")),
            Kinds.GIT_REPOSITORY,
            List.of(
                    elsewhere("spec.interval", SOURCE_CONTROLLER),
                    elsewhere("spec.verify", SOURCE_CONTROLLER),
                    elsewhere("spec.ignore", SOURCE_CONTROLLER),
                    elsewhere("spec.recurseSubmodules", SOURCE_CONTROLLER),
                    elsewhere("spec.include", SOURCE_CONTROLLER),
                    elsewhere("spec.sparseCheckout", SOURCE_CONTROLLER),
                    elsewhere("spec.accessFrom", SOURCE_CONTROLLER),
                    elsewhere("spec.gitImplementation", SOURCE_CONTROLLER),
                    elsewhere("spec.serviceAccountName", "it goes with a cloud's provider, which is refused")),
            Kinds.RECEIVER,
            List.of(
                    elsewhere("spec.interval", "a Receiver is looked at when it changes"),
                    elsewhere("spec.resources.apiVersion", "a kind has one group here"),
                    refused("spec.oidcProviders", "the type generic-oidc is not served by this version")),
            Kinds.ALERT,
            List.of(elsewhere("spec.eventSources.apiVersion", "a kind has one group here")),
            Kinds.PROVIDER,
            List.of(
                    elsewhere("spec.interval", "a Provider is looked at when there is something to tell"),
                    refused("spec.serviceAccountName", "nothing is told, an Event of the Alert says so: give a Secret"),
                    refused(
                            "spec.commitStatusExpr",
                            "nothing is told, an Event of the Alert says so: leave it out, and the status is named by"
                                    + " kind, name and a part of the Provider's uid")),
            Kinds.RESOURCE_SET_INPUT_PROVIDER,
            List.of(
                    leftOut(
                            "spec.schedule",
                            "the provider is polled at its interval: set fluxcd.controlplane.io/reconcileEvery"),
                    leftOut("spec.skip", "of a registry's tags none are skipped: use spec.filter.excludeTag"),
                    leftOut("spec.filter.labels", "tags have no labels: use spec.filter.includeTag"),
                    refused("spec.selectors", "only providers of type OCIArtifactTag are served by this version")),
            Kinds.RESOURCE_SET,
            List.of(
                    elsewhere(
                            "spec.inputsFrom.apiVersion",
                            "inputs come from one kind, whose version is the same object"),
                    elsewhere("spec.inputsFrom.kind", "inputs come from one kind"),
                    leftOut("spec.dependsOn", NO_LIVE_OBJECTS),
                    leftOut("spec.wait", NO_LIVE_OBJECTS),
                    leftOut("spec.serviceAccountName", NO_LIVE_OBJECTS),
                    leftOut("spec.steps.timeout", NO_LIVE_OBJECTS)));

    private FieldSupport() {}

    private static Note elsewhere(String path, String why) {
        return new Note(path, Level.ELSEWHERE, why);
    }

    private static Note refused(String path, String why) {
        return new Note(path, Level.REFUSED, why);
    }

    private static Note leftOut(String path, String why) {
        return new Note(path, Level.LEFT_OUT, why);
    }

    /** The fields of a kind that are not served. */
    public static List<Note> notServed(Kind<?> kind) {
        return NOTES.getOrDefault(kind, List.of());
    }

    /** What is said of a field; empty where it is served. */
    public static Optional<Note> of(Kind<?> kind, String path) {
        return notServed(kind).stream()
                .filter(note -> path.equals(note.path()) || path.startsWith(note.path() + '.'))
                .findFirst();
    }

    /** The fields of a kind's definition, with whether somebody has to write them. */
    public static Map<String, Boolean> fields(Kind<?> kind) {
        Map<String, Boolean> fields = new TreeMap<>();
        if (Schemas.of(kind) instanceof Shape.Members object) {
            Shape.Member spec = object.members().get("spec");
            if (spec != null) {
                collect("spec", spec.shape(), fields);
            }
        }
        return fields;
    }

    private static void collect(String path, Shape shape, Map<String, Boolean> into) {
        switch (shape) {
            case Shape.Members members ->
                members.members().values().forEach(member -> {
                    String below = path + '.' + member.name();
                    into.put(below, member.required());
                    collect(below, member.shape(), into);
                });
            case Shape.Items items -> collect(path, items.item(), into);
            case Shape.Entries entries -> {}
            default -> {}
        }
    }

    /** What an object says that is left out, a finding for each, never severe. */
    public static List<Finding> leftOut(JsonNode object, Kind<?> kind) {
        List<Finding> findings = new ArrayList<>();
        for (Note note : notServed(kind)) {
            if (note.level() == Level.LEFT_OUT) {
                find(object, List.of(note.path().split("\\.", -1)), List.of(), note, findings);
            }
        }
        return findings;
    }

    private static void find(JsonNode here, List<String> rest, List<Object> path, Note note, List<Finding> into) {
        if (here.isArray()) {
            for (int i = 0; i < here.size(); i++) {
                find(here.path(i), rest, and(path, i), note, into);
            }
        } else if (rest.isEmpty()) {
            if (!here.isMissingNode() && !here.isNull() && !(here.isBoolean() && !here.booleanValue())) {
                into.add(new Finding(path, false, Finding.text(path) + " is left out: " + note.why()));
            }
        } else {
            find(here.path(rest.getFirst()), rest.subList(1, rest.size()), and(path, rest.getFirst()), note, into);
        }
    }

    private static List<Object> and(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}

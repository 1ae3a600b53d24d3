package dev.tidemark.watcher.hook;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The structure of CDEvents v0.4 (flux-git-based 18.3, {@code cdevents}): a known type of event with its context. A
 * missing subject passes, as it does in Flux.
 */
final class CdEvents {

    /** All types of v0.4 have the major version 0; within it any version is read. */
    private static final Pattern TYPE =
            Pattern.compile("dev\\.cdevents\\.([a-z]+)\\.([a-z]+)\\.0\\.\\d{1,9}\\.\\d{1,9}");

    private static final Set<String> RUN = Set.of("queued", "started", "finished");
    private static final Set<String> RESOURCE = Set.of("created", "modified", "deleted");

    /** What happens to what, by subject. */
    private static final Map<String, Set<String>> PREDICATES = Map.ofEntries(
            Map.entry("artifact", Set.of("packaged", "signed", "published", "downloaded", "deleted")),
            Map.entry("branch", Set.of("created", "deleted")),
            Map.entry("build", RUN),
            Map.entry("change", Set.of("created", "reviewed", "updated", "merged", "abandoned")),
            Map.entry("environment", RESOURCE),
            Map.entry("incident", Set.of("detected", "reported", "resolved")),
            Map.entry("pipelinerun", RUN),
            Map.entry("repository", RESOURCE),
            Map.entry("service", Set.of("deployed", "upgraded", "rolledback", "removed", "published")),
            Map.entry("taskrun", Set.of("started", "finished")),
            Map.entry("testcaserun", Set.of("queued", "started", "finished", "skipped")),
            Map.entry("testoutput", Set.of("published")),
            Map.entry("testsuiterun", RUN),
            Map.entry("ticket", Set.of("created", "updated", "closed")));

    private CdEvents() {}

    private static final Shape EVENT = Shape.object(Map.of(
            "context",
            Shape.object(Map.of(
                    "version", Shape.TEXT,
                    "id", Shape.TEXT,
                    "source", Shape.TEXT,
                    "type", Shape.TEXT,
                    "timestamp", GoTime.SHAPE,
                    "chainid", Shape.TEXT,
                    "schemauri", Shape.TEXT)),
            "subject",
            Shape.object(Map.of(
                    "id", Shape.TEXT,
                    "source", Shape.TEXT,
                    "type", Shape.TEXT,
                    "content", value -> value.isNull() || value.isObject()))));

    static boolean isEvent(byte[] body) {
        return Json.whole(body).filter(EVENT::fits).filter(CdEvents::isKnown).isPresent();
    }

    private static boolean isKnown(Json event) {
        Json context = event.fields(List.of("context")).get("context");
        if (context == null) {
            return false;
        }
        Map<String, Json> said = context.fields(List.of("version", "id", "source", "type"));
        return Stream.of("version", "id", "source")
                        .noneMatch(name -> text(said.get(name)).isEmpty())
                && isKnown(text(said.get("type")));
    }

    private static String text(@Nullable Json value) {
        return value == null ? "" : value.text();
    }

    private static boolean isKnown(String type) {
        Matcher parts = TYPE.matcher(type);
        return parts.matches()
                && PREDICATES.getOrDefault(parts.group(1), Set.of()).contains(parts.group(2));
    }
}

package dev.tidemark.watcher.hook;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The structure of CDEvents v0.4 (flux-git-based 18.3, {@code cdevents}) as its library for Go wants it: a known type of
 * event in its version, with its context and the content of that type. A missing subject passes and a missing time, as they
 * do in Flux.
 */
final class CdEvents {

    private static final String PREFIX = "dev.cdevents.";

    /** What happens to what in v0.4, by subject as it is written there. */
    private static final Map<String, Set<String>> PREDICATES = Map.ofEntries(
            Map.entry("artifact", Set.of("packaged", "signed", "published", "downloaded", "deleted")),
            Map.entry("branch", Set.of("created", "deleted")),
            Map.entry("build", Set.of("queued", "started", "finished")),
            Map.entry("change", Set.of("created", "reviewed", "updated", "merged", "abandoned")),
            Map.entry("environment", Set.of("created", "modified", "deleted")),
            Map.entry("incident", Set.of("detected", "reported", "resolved")),
            Map.entry("pipelineRun", Set.of("queued", "started", "finished")),
            Map.entry("repository", Set.of("created", "modified", "deleted")),
            Map.entry("service", Set.of("deployed", "upgraded", "rolledback", "removed", "published")),
            Map.entry("taskRun", Set.of("started", "finished")),
            Map.entry("testCaseRun", Set.of("queued", "started", "finished", "skipped")),
            Map.entry("testOutput", Set.of("published")),
            Map.entry("testSuiteRun", Set.of("queued", "started", "finished")),
            Map.entry("ticket", Set.of("created", "updated", "closed")));

    /** The version of a type within v0.4 where it is not {@link #USUAL_VERSION}. */
    private static final Map<String, String> VERSIONS = Map.of(
            "artifact.deleted", "0.1.0",
            "artifact.downloaded", "0.1.0",
            "change.created", "0.3.0",
            "testcaserun.skipped", "0.1.0",
            "ticket.closed", "0.1.0",
            "ticket.created", "0.1.0",
            "ticket.updated", "0.1.0");

    private static final String USUAL_VERSION = "0.2.0";

    /** What Go refuses in a reference. */
    private static final Pattern NO_REFERENCE = Pattern.compile("%(?![0-9A-Fa-f]{2})|[\\x00-\\x1F\\x7F]");

    private static final Shape REFERENCE = value -> value.isNull()
            || (value.isText() && !NO_REFERENCE.matcher(value.text()).find());

    /** What names something else. */
    static final Shape REFERENCED = Shape.object(Map.of("id", Shape.TEXT, "source", REFERENCE));

    /** A schema of one's own is not loaded: what it says about the event could not be told. */
    private static final Shape NOTHING =
            value -> value.isNull() || (value.isText() && value.text().isEmpty());

    private static final Shape EVENT = Shape.object(Map.of(
            "customdatacontenttype",
            Shape.TEXT,
            "context",
            Shape.object(Map.of(
                    "version", Shape.TEXT,
                    "id", Shape.TEXT,
                    "source", REFERENCE,
                    "type", Shape.TEXT,
                    "timestamp", GoTime.WRITABLE,
                    "chainid", Shape.TEXT,
                    "links", value -> value.isNull() || value.isArray(),
                    "schemauri", NOTHING)),
            "subject",
            Shape.object(Map.of(
                    "id",
                    Shape.TEXT,
                    "source",
                    REFERENCE,
                    "type",
                    Shape.TEXT,
                    "content",
                    value -> value.isNull() || value.isObject()))));

    private CdEvents() {}

    static boolean isEvent(byte[] body) {
        return Json.whole(body).filter(EVENT::fits).filter(CdEvents::isKnown).isPresent();
    }

    private static boolean isKnown(Json event) {
        Map<String, Json> parts = event.fields(List.of("context", "subject"));
        Json context = parts.get("context");
        Json subject = parts.get("subject");
        if (context == null) {
            return false;
        }
        Map<String, Json> said = context.fields(List.of("version", "id", "source", "type"));
        String type = text(said.get("type"));
        return Stream.of("version", "id", "source")
                        .noneMatch(name -> text(said.get(name)).isEmpty())
                && PREDICATES.entrySet().stream().anyMatch(known -> known.getValue().stream()
                        .anyMatch(predicate -> type.equals(type(known.getKey(), predicate))
                                && (subject == null || isOf(known.getKey(), predicate, subject))));
    }

    private static String type(String subject, String predicate) {
        String name = Json.folded(subject) + '.' + predicate;
        return PREFIX + name + '.' + VERSIONS.getOrDefault(name, USUAL_VERSION);
    }

    private static boolean isOf(String type, String predicate, Json subject) {
        Map<String, Json> said = subject.fields(List.of("id", "type", "content"));
        return !text(said.get("id")).isEmpty()
                && text(said.get("type")).equals(type)
                && CdEventContent.fits(Json.folded(type) + '.' + predicate, said.get("content"));
    }

    private static String text(@Nullable Json value) {
        return value == null ? "" : value.text();
    }
}

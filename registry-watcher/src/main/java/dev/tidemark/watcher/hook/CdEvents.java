package dev.tidemark.watcher.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    static boolean isEvent(byte[] body) {
        Optional<JsonNode> json = Payloads.parse(body);
        if (json.isEmpty()) {
            return false;
        }
        JsonNode context = json.get().path("context");
        JsonNode subject = json.get().path("subject");
        return List.of("version", "id", "source").stream()
                        .allMatch(name -> !context.path(name).asText("").isEmpty()
                                && context.path(name).isTextual())
                && isKnown(context.path("type").asText(""))
                && isTime(context.path("timestamp").asText(""))
                && (subject.isMissingNode() || isSubject(subject));
    }

    private static boolean isKnown(String type) {
        Matcher parts = TYPE.matcher(type);
        return parts.matches()
                && PREDICATES.getOrDefault(parts.group(1), Set.of()).contains(parts.group(2));
    }

    private static boolean isTime(String text) {
        try {
            var unused = OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException notRfc3339) {
            return false;
        }
    }

    private static boolean isSubject(JsonNode subject) {
        JsonNode content = subject.path("content");
        return subject.isObject()
                && List.of("id", "source", "type").stream()
                        .map(subject::path)
                        .allMatch(member -> member.isMissingNode() || member.isTextual())
                && (content.isMissingNode() || content.isObject());
    }
}

package dev.tidemark.testkit.kube;

import dev.tidemark.go.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every request for an object that an API server has answered: who asked for what, and when. Watches are in it from their
 * beginning.
 *
 * @param file one JSON document a line, written before the answer is
 */
record AuditLog(Path file) {

    /** What the API server asks itself, and what only looks at its health, is nobody's request. */
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - level: None
              users: ["system:apiserver"]
            - level: None
              nonResourceURLs: ["*"]
            - level: Metadata
            """;

    static AuditLog in(Path folder) throws IOException {
        Files.writeString(folder.resolve("audit-policy.yaml"), POLICY);
        return new AuditLog(folder.resolve("audit.log"));
    }

    List<String> flags() {
        return List.of("--audit-policy-file=" + file.resolveSibling("audit-policy.yaml"), "--audit-log-path=" + file);
    }

    /** The newest last. */
    List<ApiRequest> requests() {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.map(AuditLog::request).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiRequest request(String line) {
        @Nullable
        Object event = JsonReader.whole(
                line.getBytes(StandardCharsets.UTF_8), JsonReader.Numbers.PLAIN, JsonReader.Bound.NONE);
        String part = text(event, "objectRef", "subresource");
        String resource = text(event, "objectRef", "resource");
        return new ApiRequest(
                text(event, "user", "username"),
                text(event, "verb"),
                part.isEmpty() ? resource : resource + '/' + part,
                text(event, "objectRef", "namespace"),
                text(event, "objectRef", "name"),
                Instant.parse(text(event, "requestReceivedTimestamp")));
    }

    private static String text(@Nullable Object document, String... path) {
        @Nullable Object value = document;
        for (String member : path) {
            value = value instanceof Map<?, ?> object ? object.get(member) : null;
        }
        return value instanceof String text ? text : "";
    }
}

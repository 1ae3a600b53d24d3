package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.folder.FolderResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Any bytes as a manifest file: what is in it is read, or a problem with the file's name says why not. Nothing is
 * thrown, no message shows a type of ours or of Java, and the file beside it is read.
 */
class ManifestFuzzTest {

    private static final Pattern JAVA = Pattern.compile(
            "\\b(?:java|javax|com\\.fasterxml|dev\\.tidemark)\\.[a-z]|\\b[A-Z]\\w+(?:Exception|Error)\\b"
                    + "|fault in Tidemark");

    private static final String GOOD = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: beside, namespace: fuzz-beside}
            spec: {image: reg.example/a/b, interval: 10m}
            """;

    @FuzzTest(maxDuration = "5m")
    void manifests(byte[] input) throws IOException {
        Path folder = Files.createTempDirectory("manifests");
        Path file = folder.resolve("any.yaml");
        Path beside = folder.resolve("beside.yaml");
        try {
            Files.write(file, input);
            Files.writeString(beside, GOOD);
            try (FolderResources resources = FolderResources.open(List.of(folder))) {
                ResourceSnapshot snapshot = resources.current();
                assertThat(snapshot.resources().keySet())
                        .anyMatch(id -> id.namespace().equals("fuzz-beside"));
                for (Problem problem : snapshot.problems()) {
                    assertThat(problem.where()).startsWith(folder.toString());
                    if (JAVA.matcher(problem.message()).find() && !quotes(input, problem.message())) {
                        throw new AssertionError(problem.message());
                    }
                }
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(beside);
            Files.delete(folder);
        }
    }

    /** Whoever writes a Java type into a manifest finds it in the message. */
    private static boolean quotes(byte[] input, String message) {
        String text = new String(input, java.nio.charset.StandardCharsets.ISO_8859_1);
        var found = JAVA.matcher(message);
        return found.find() && text.contains(found.group());
    }
}

package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.folder.FolderSource;
import dev.tidemark.flux.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
            var settings = new FolderSource.Settings(List.of(folder), null, false, "");
            try (FolderSource source = FolderSource.open(settings, Clock.systemUTC(), watch -> {})) {
                ResourceCache cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);
                var unused = source.feed(cache);
                assertThat(cache.all(Kinds.IMAGE_REPOSITORY, "fuzz-beside")).isNotEmpty();
                for (Problem problem : source.problems()) {
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

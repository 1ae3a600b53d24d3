package dev.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The five manifests are a contract with those who bring them: they are served byte for byte. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("tidemark.root"), "examples");

    @Test
    void areByteForByteWhatTheyWere() throws Exception {
        List<String> found = Stream.of("git-based", "gitless")
                .flatMap(ExamplesTest::yamlFiles)
                .map(ExamplesTest::checksumLine)
                .sorted()
                .toList();

        assertThat(found).isEqualTo(committed());
    }

    private static Stream<String> yamlFiles(String folder) {
        try (Stream<Path> files = Files.list(EXAMPLES.resolve(folder))) {
            return files.map(file -> folder + "/" + file.getFileName()).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String checksumLine(String file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(EXAMPLES.resolve(file)));
            return HexFormat.of().formatHex(digest) + "  " + file;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> committed() throws IOException {
        try (var stream = ExamplesTest.class.getResourceAsStream("/examples.sha256")) {
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .sorted()
                    .toList();
        }
    }
}

package dev.tidemark.committer.setters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.flux.ImageRef;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of public repositories and of the peers' tests that the first version did not edit, or broke. */
class CasesTest {

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(folder())) {
            return folders.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(CasesTest.class.getResource("/cases"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changesTheMarkedScalarsAndNothingElse(String name) throws IOException {
        String before = Files.readString(folder().resolve(name + "/before.yaml"));
        List<Policy> policies = List.of(
                new Policy("apps", "web", new ImageRef("registry.example.com/team/web", "1.1.0", null)),
                new Policy("apps", "p", new ImageRef("ghcr.io/acme/p", "2.0.0", null)));

        TreeUpdate update =
                new YamlSetters().apply(new TextTree(Map.of("f.yaml", before), Map.of()), null, "apps", policies);

        assertThat(update.findings()).isEmpty();
        assertThat(update.contents().get("f.yaml")).isEqualTo(Files.readString(folder().resolve(name + "/after.yaml")));
        TreeUpdate again = new YamlSetters().apply(new TextTree(update.contents(), Map.of()), null, "apps", policies);
        assertThat(again.contents())
                .as("what is written is read as what was wanted")
                .isEmpty();
    }
}

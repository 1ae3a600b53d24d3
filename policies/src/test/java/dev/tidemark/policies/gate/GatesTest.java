package dev.tidemark.policies.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That an annotation has one place, and what they have in common. */
class GatesTest {

    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Path HERE = Path.of("policies/src/main/java/dev/tidemark/policies/gate");

    @Test
    void oneClassKnowsTheNameOfAnAnnotation() throws IOException {
        List<Path> sources = sources();
        for (Gate.Kind kind : Gates.ALL) {
            assertThat(containing(sources, '"' + kind.annotation() + '"'))
                    .as("the place of %s", kind.annotation())
                    .singleElement()
                    .satisfies(one -> assertThat(one.getParent()).isEqualTo(HERE));
        }
        assertThat(containing(sources, '"' + Gates.PREFIX)).hasSize(Gates.ALL.size() + 1);
    }

    /** Whoever asks the gates asks all of them: a class of one is named here and in the list alone. */
    @Test
    void nobodyKnowsOneGateBesideTheList() throws IOException {
        List<Path> sources = sources();
        for (Path gate : containing(sources, "Kind KIND =")) {
            String name = gate.getFileName().toString().replace(".java", "");
            assertThat(containing(sources, "dev.tidemark.policies.gate." + name + ';'))
                    .isEmpty();
            assertThat(containing(sources, name + ".KIND"))
                    .as("the list has %s", name)
                    .containsExactly(HERE.resolve("Gates.java"));
        }
        assertThat(containing(sources, "Kind KIND =")).hasSameSizeAs(Gates.ALL);
    }

    @Test
    void whatSpeaksOfOneVersionIsRefusedForLists() {
        Map<String, String> annotations =
                Map.of(Hold.ANNOTATION, "1.0.0", AllowDowngrade.ANNOTATION, "never", MinimumAge.ANNOTATION, "1h");

        assertThat(Gates.readForList(annotations))
                .isInstanceOfSatisfying(Gates.Reading.Invalid.class, invalid -> assertThat(invalid.mistakes())
                        .extracting(Gates.Mistake::sentence)
                        .containsExactly(
                                "annotation tidemark.dev/hold is '1.0.0': it is for ImagePolicies, which select one"
                                        + " tag: remove it",
                                "annotation tidemark.dev/minimum-age is '1h': it is for ImagePolicies, which select"
                                        + " one tag: remove it"));
        assertThat(Gates.read(annotations)).isInstanceOf(Gates.Reading.Valid.class);
    }

    @Test
    void emptyValuesAndThoseOfOthersAreNothing() {
        assertThat(Gates.read(Map.of(Hold.ANNOTATION, " ", "other.example/hold", "?")))
                .isEqualTo(new Gates.Reading.Valid(Gates.NONE));
    }

    private static List<Path> containing(List<Path> sources, String text) throws IOException {
        return sources.stream()
                .filter(source -> text(source).contains(text))
                .map(ROOT::relativize)
                .toList();
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The product's, tests aside; a benchmark writes manifests as people do, by the annotation's name. */
    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(ROOT)) {
            for (Path module : modules) {
                Path main = module.resolve("src/main/java");
                if (Files.isDirectory(main) && !module.endsWith("benchmarks")) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }
}

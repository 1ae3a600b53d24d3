package dev.tidemark.testkit.house;

import dev.tidemark.testkit.vectors.VectorTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shared vectors are run by the modules that have them. */
final class VectorRules {

    private static final String FOLDER = "/src/test/resources/vectors/";
    private static final String ENDING = ".json";

    static final HouseRule VECTORS_ARE_RUN = new HouseRule(
            "a module has a test tagged vectors:FAMILY for each of its vectors/FAMILY.json, and the file for each tag",
            VectorRules::unmatched);

    static final List<HouseRule> ALL = List.of(VECTORS_ARE_RUN);

    private VectorRules() {}

    private static Stream<String> unmatched(SourceTree tree) {
        Set<String> committed = tree.files().stream()
                .map(SourceFile::path)
                .filter(path -> path.contains(FOLDER) && path.endsWith(ENDING))
                .collect(Collectors.toSet());
        Set<String> tagged = VectorTest.in(tree).stream().map(VectorRules::file).collect(Collectors.toSet());
        return Stream.concat(
                committed.stream().filter(path -> !tagged.contains(path)).map(path -> path + ": no test is tagged so"),
                tagged.stream()
                        .filter(path -> !committed.contains(path))
                        .map(path -> path + ": not there, but tagged"));
    }

    private static String file(VectorTest test) {
        return test.module() + FOLDER + test.family() + ENDING;
    }
}

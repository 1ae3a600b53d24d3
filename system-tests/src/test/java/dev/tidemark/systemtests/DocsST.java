package dev.tidemark.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * README and docs, followed to the letter on what was built: each command of a console block ends well and prints what the page
 * shows, or the block says why it is not run. With {@code -Dtidemark.update-docs=true} pages get what was printed. Those about
 * clusters are {@link DocsInClusterST}'s.
 */
class DocsST {

    private static final String GETTING_STARTED = "docs/getting-started.md";
    private static final List<String> AT_THE_DEMO = List.of("docs/audit.md", "docs/metrics.md", "docs/operating.md");

    private final Programs programs;
    private final Path folder;
    private final Path beside;

    DocsST(@TempDir Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("reader")).toRealPath();
        this.beside = Files.createDirectories(folder.resolve("beside")).toRealPath();
        this.programs = new Programs(beside);
    }

    @AfterEach
    void leaveNothingBehind() {
        programs.close();
    }

    /** Nothing is there but a checkout. */
    static List<String> others() throws IOException {
        try (Stream<Path> docs = Files.list(Programs.root().resolve("docs"))) {
            Stream<String> pages =
                    docs.map(page -> "docs/" + page.getFileName()).filter(page -> page.endsWith(".md"));
            return Stream.concat(Stream.of("README.md"), pages)
                    .filter(page -> !page.equals(GETTING_STARTED)
                            && !AT_THE_DEMO.contains(page)
                            && !DocsInClusterST.PAGES.contains(page))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void aPageIsTrue(String page) throws Exception {
        follow(new Surroundings() {}, List.of(page));
    }

    @Test
    void thePagesAboutWhatRunsAreTrueOfTheDemo() throws Exception {
        follow(new RunningDemo(programs, folder), AT_THE_DEMO);
    }

    @Test
    void oneCanStartWithAnOwnRepository() throws Exception {
        String page = Files.readString(Programs.root().resolve(GETTING_STARTED));
        follow(new OwnRepository(page, beside), List.of(GETTING_STARTED));
    }

    private void follow(Surroundings given, List<String> pages) throws Exception {
        try (Surroundings surroundings = given;
                PageReader reader = new PageReader(folder, programs, surroundings)) {
            for (String page : pages) {
                reader.follow(Programs.root().resolve(page));
            }
        }
    }
}

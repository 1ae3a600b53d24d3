package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.committer.domain.UpdateException;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlEvent;
import dev.tidemark.go.yaml.YamlParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Any text with markers through the editor: only as many scalars as are told change, and what is written stays. */
class MarkedFileFuzzTest {

    private static final String FILE = "f.yaml";
    private static final List<Policy> POLICIES = List.of(
            new Policy("a", "p", new ImageRef("img/x", "2.0.0", null)),
            new Policy("a", "n", new ImageRef("img/y", "20240102", null)),
            new Policy("a", "d", new ImageRef("img/z", "v1", "sha256:" + "ab".repeat(32))));

    private record OneFile(String text) implements FileTree {

        @Override
        public Node at(String path) {
            return path.equals(FILE) ? new Node.File() : new Node.Folder();
        }

        @Override
        public List<Candidate> candidates(String folder) {
            return List.of(new Candidate(FILE, text));
        }

        @Override
        public Content read(String path) {
            return new Content.Text(text);
        }
    }

    /** A percent sign stands for a marker: what is random would hardly ever become one. */
    @FuzzTest(maxDuration = "5m")
    void files(byte[] input) {
        String before = new String(input, StandardCharsets.UTF_8)
                .replace("%1", "# {\"$imagepolicy\": \"a:p:tag\"}")
                .replace("%2", "# {\"$imagepolicy\": \"a:n:tag\"}")
                .replace("%3", "# {\"$imagepolicy\": \"a:d\"}")
                .replace("%4", "# {\"$imagepolicy\": \"a:p:digest\"}");
        TreeUpdate update;
        try {
            update = new YamlSetters().apply(new OneFile(before), null, "a", POLICIES);
        } catch (UpdateException annotationsThatDoNotFit) {
            return;
        }
        String after = update.contents().get(FILE);
        if (after == null) {
            assertThat(update.changes()).isEmpty();
            return;
        }
        List<String> was = scalars(before);
        List<String> is = scalars(after);
        assertThat(is).hasSameSizeAs(was);
        int different = 0;
        for (int i = 0; i < was.size(); i++) {
            different += was.get(i).equals(is.get(i)) ? 0 : 1;
        }
        assertThat(different).isEqualTo(update.changes().size());
        assertThat(new YamlSetters()
                        .apply(new OneFile(after), null, "a", POLICIES)
                        .contents())
                .as("a second run finds everything as it should be")
                .isEmpty();
    }

    /** All events as texts, scalars with their values. */
    private static List<String> scalars(String text) {
        YamlParser parser = new YamlParser(text, YamlDialect.KYAML);
        List<String> events = new ArrayList<>();
        for (YamlEvent event = parser.next(); event != null; event = parser.next()) {
            events.add(
                    event instanceof YamlEvent.Scalar scalar
                            ? "=" + scalar.anchor() + scalar.value()
                            : event.getClass().getSimpleName());
        }
        return events;
    }
}

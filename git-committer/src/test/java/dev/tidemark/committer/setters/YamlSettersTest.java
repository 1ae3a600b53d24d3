package dev.tidemark.committer.setters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.Finding;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.flux.ImageRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamlSettersTest {

    private static final String WEB = "tag: v1 # {\"$imagepolicy\": \"apps:web:tag\"}\n";
    private static final String DB = "tag: v1 # {\"$imagepolicy\": \"apps:db:tag\"}\n";
    private static final String STRAY = "tag: v1 # {\"$imagepolicy\": \"other:web:tag\"}\n";
    private static final String BROKEN = "a: [1\nb: v1 # {\"$imagepolicy\": \"apps:web:tag\"}\n";

    private final YamlSetters setters = new YamlSetters();

    private static List<Policy> policies(String web, String db) {
        return List.of(
                new Policy("apps", "web", new ImageRef("ghcr.io/acme/web", web, null)),
                new Policy("apps", "db", new ImageRef("ghcr.io/acme/db", db, null)));
    }

    /** Notes what is read. */
    private record NotingTree(TextTree inner, List<String> reads) implements FileTree {

        @Override
        public @Nullable Node at(String path) {
            return inner.at(path);
        }

        @Override
        public List<Candidate> candidates(String folder) {
            return inner.candidates(folder);
        }

        @Override
        public Content read(String path) {
            reads.add(path);
            return inner.read(path);
        }
    }

    private static NotingTree tree() {
        Map<String, String> files = Map.of("broken.yaml", BROKEN, "db.yaml", DB, "stray.yaml", STRAY, "web.yaml", WEB);
        return new NotingTree(new TextTree(files, Map.of()), new ArrayList<>());
    }

    @Test
    void readsOnlyTheFilesThatARunChanges() {
        NotingTree first = tree();
        TreeUpdate before = setters.apply(first, null, "apps", policies("v1", "v1"));
        assertThat(first.reads()).containsExactly("broken.yaml", "db.yaml", "stray.yaml", "web.yaml");

        NotingTree second = tree();
        TreeUpdate after = setters.apply(second, null, "apps", policies("v2", "v1"));

        assertThat(second.reads()).containsExactly("web.yaml");
        assertThat(after.contents()).isEqualTo(Map.of("web.yaml", WEB.replace("v1", "v2")));
        assertThat(after.findings()).isEqualTo(before.findings());
        assertThat(after.markers()).isEqualTo(2);
    }

    @Test
    void saysWhichMarkersAndFilesAreLeftAloneAndWhy() {
        TreeUpdate update = setters.apply(tree(), null, "apps", policies("v2", "v2"));

        assertThat(update.findings()).hasSize(2);
        assertThat(update.findings().getFirst())
                .isInstanceOfSatisfying(Finding.SkippedFile.class, skipped -> assertThat(skipped.path())
                        .isEqualTo("broken.yaml"));
        assertThat(update.findings().getLast().text())
                .startsWith("stray.yaml:1: marker \"other:web:tag\" is ignored: it names namespace \"other\"");
    }

    @Test
    void namesAMarkedFileThatCannotBeRead() {
        FileTree tree = new FileTree() {
            @Override
            public Node at(String path) {
                return path.endsWith(".yaml") ? new Node.File() : new Node.Folder();
            }

            @Override
            public List<Candidate> candidates(String folder) {
                return List.of(new Candidate("apps/latin1.yaml", "id"));
            }

            @Override
            public Content read(String path) {
                return new Content.Unreadable("it is not UTF-8 text");
            }
        };

        assertThat(setters.apply(tree, null, "apps", policies("v2", "v2")).findings())
                .extracting(Finding::text)
                .containsExactly("apps/latin1.yaml is skipped: it is not UTF-8 text");
    }
}

package dev.tidemark.committer.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.committer.domain.Finding;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.committer.domain.UpdateException;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.flux.ImageRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.junit.jupiter.api.Test;

/** Trees as Git takes them and nobody makes them on purpose: only the file that is named is written. */
class HostileTreesTest {

    private static final String MARKED = "tag: v1 # {\"$imagepolicy\": \"apps:web:tag\"}\n";
    private static final String WRITTEN = MARKED.replace("v1", "v2");

    private final InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("fleet"));
    private final ObjectInserter inserter = repository.newObjectInserter();
    private final TreeFormatter root = new TreeFormatter();

    private ObjectId blob(String text) throws IOException {
        return inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8));
    }

    private void file(byte[] name, String text) throws IOException {
        root.append(name, FileMode.REGULAR_FILE, blob(text));
    }

    private TreeUpdate update(ObjectId tree, String path) {
        return new YamlSetters()
                .apply(
                        new GitTree(repository, tree, new MarkerIndex()),
                        path,
                        "apps",
                        List.of(new Policy("apps", "web", new ImageRef("ghcr.io/acme/web", "v2", null))));
    }

    private ObjectId tree() throws IOException {
        ObjectId tree = inserter.insert(root);
        inserter.flush();
        return tree;
    }

    /** The contents of a tree's entries, in order; of a folder the word. */
    private List<String> written(ObjectId tree, TreeUpdate update) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            ObjectId after = new ObjectWriter(reader, inserter).tree(tree, update.contents());
            inserter.flush();
            List<String> contents = new ArrayList<>();
            CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, after);
            for (; !entries.eof(); entries.next(1)) {
                contents.add(
                        entries.getEntryFileMode() == FileMode.TREE
                                ? "folder"
                                : new String(
                                        reader.open(entries.getEntryObjectId()).getCachedBytes(), UTF_8));
            }
            return contents;
        }
    }

    @Test
    void namesThatDifferInCaseAreTwoFiles() throws IOException {
        file("App.yaml".getBytes(UTF_8), MARKED);
        file("app.yaml".getBytes(UTF_8), "# mine\n" + MARKED);
        ObjectId tree = tree();

        assertThat(written(tree, update(tree, ""))).containsExactly(WRITTEN, "# mine\n" + WRITTEN);
    }

    @Test
    void aNameThatIsNotUtf8IsNamedAndTakenForNoOther() throws IOException {
        file("caf\u00e9.yaml".getBytes(UTF_8), MARKED);
        file("caf\u00e9.yaml".getBytes(ISO_8859_1), "# theirs\n" + MARKED);
        ObjectId tree = tree();
        TreeUpdate update = update(tree, "");

        assertThat(written(tree, update)).containsExactly(WRITTEN, "# theirs\n" + MARKED);
        assertThat(update.changes()).hasSize(1);
        assertThat(update.findings())
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("not UTF-8 text");
    }

    /** Git's own check refuses it, a server need not. */
    @Test
    void aFileAndAFolderOfOneName() throws IOException {
        TreeFormatter below = new TreeFormatter();
        below.append("b.yaml", FileMode.REGULAR_FILE, blob("a: b\n"));
        ObjectId folder = inserter.insert(below);
        file("a.yaml".getBytes(UTF_8), MARKED);
        root.append("a.yaml", FileMode.TREE, folder);
        ObjectId tree = tree();

        assertThat(written(tree, update(tree, ""))).containsExactly(WRITTEN, "folder");
    }

    @Test
    void aPathDoesNotLeadOutOfTheRepository() throws IOException {
        file("a.yaml".getBytes(UTF_8), MARKED);
        root.append("link", FileMode.SYMLINK, blob("../../../etc"));
        root.append("loop", FileMode.SYMLINK, blob("loop"));
        ObjectId tree = tree();

        assertThat(written(tree, update(tree, "../../.."))).first().isEqualTo(WRITTEN);
        for (String path : List.of("../../../etc", "link", "loop", "link/passwd", "a.yaml/b")) {
            assertThatThrownBy(() -> update(tree, path))
                    .as(path)
                    .isInstanceOf(UpdateException.class)
                    .hasMessageContaining("spec.update.path");
        }
    }

    /** An alias is not followed to edit a scalar beside it. */
    @Test
    void yamlThatWouldNotEndIsEditedOrNamed() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(i, i - 1));
        }
        String cycle = "a: &a [*a]\n";
        String deep = "a: " + "[".repeat(100_000) + "]".repeat(100_000) + "\n";
        file("bomb.yaml".getBytes(UTF_8), bomb + MARKED);
        file("cycle.yaml".getBytes(UTF_8), cycle + MARKED);
        file("deep.yaml".getBytes(UTF_8), deep + MARKED);
        file("good.yaml".getBytes(UTF_8), MARKED);
        ObjectId tree = tree();
        TreeUpdate update = update(tree, "");

        List<String> files = List.of("bomb.yaml", "cycle.yaml", "deep.yaml", "good.yaml");
        List<String> named = update.findings().stream().map(Finding::path).toList();
        assertThat(files).allSatisfy(file -> assertThat(update.contents().containsKey(file) || named.contains(file))
                .as(file)
                .isTrue());
        assertThat(update.contents()).containsEntry("good.yaml", WRITTEN);
    }
}

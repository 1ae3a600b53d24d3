package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.FileTree.Candidate;
import dev.tidemark.committer.domain.FileTree.Content;
import dev.tidemark.committer.domain.UpdateException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Marked files that cannot be edited are found, so that they are named. */
class GitTreeTest {

    private static final String MARKED = "tag: v1 # {\"$imagepolicy\": \"apps:web:tag\"}\n";

    /** As long as what is searched at once. */
    private static final int PIECE = 1024 * 1024;

    private final InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("fleet"));

    private FileTree tree(String name, byte[] content) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            tree.append(name, FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, content));
            var root = inserter.insert(tree);
            inserter.flush();
            return new GitTree(repository, root, new MarkerIndex());
        }
    }

    private static void isNamed(FileTree tree, String why) {
        assertThat(tree.candidates("")).extracting(Candidate::path).containsExactly("a.yaml");
        assertThat(tree.read("a.yaml")).isEqualTo(new Content.Unreadable(why));
    }

    /** Also where the marker lies across two of the pieces that are searched. */
    @ParameterizedTest
    @ValueSource(ints = {0, PIECE - 20, PIECE - 14, PIECE - 9, PIECE - 1, PIECE, 3 * PIECE - 12, 17 * PIECE})
    void aFileThatIsTooLarge(int before) throws IOException {
        String text = "#".repeat(before) + "\n" + MARKED + "#".repeat(Math.max(0, 17 * PIECE - before));

        isNamed(tree("a.yaml", text.getBytes(StandardCharsets.UTF_8)), "it is larger than 16 MiB");
    }

    /** Ten folders of ten folders, six deep, which are one object each. */
    @Test
    void moreFilesThanAnyoneHas() throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TreeFormatter file = new TreeFormatter();
            file.append(
                    "a.yaml",
                    FileMode.REGULAR_FILE,
                    inserter.insert(Constants.OBJ_BLOB, MARKED.getBytes(StandardCharsets.UTF_8)));
            var root = inserter.insert(file);
            for (int depth = 0; depth < 6; depth++) {
                TreeFormatter folder = new TreeFormatter();
                for (char name = '0'; name <= '9'; name++) {
                    folder.append(String.valueOf(name), FileMode.TREE, root);
                }
                root = inserter.insert(folder);
            }
            inserter.flush();
            FileTree tree = new GitTree(repository, root, new MarkerIndex());

            assertThatThrownBy(() -> tree.candidates(""))
                    .isInstanceOf(UpdateException.class)
                    .hasMessageContaining("spec.update.path");
            assertThat(tree.candidates("1/2/3")).hasSize(1_000);
        }
    }

    @Test
    void aLargeFileWithoutMarkersIsNobodysBusiness() throws IOException {
        assertThat(tree("a.yaml", new byte[17 * PIECE]).candidates("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16LE", "UTF-16BE"})
    void aFileOfAnotherEncoding(String encoding) throws IOException {
        String begin = encoding.startsWith("UTF") ? "\ufeff" : "";
        byte[] content = (begin + "# caf\u00e9\n" + MARKED).getBytes(Charset.forName(encoding));

        isNamed(tree("a.yaml", content), "it is not UTF-8 text");
    }
}

package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.ResourceCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the system tells of a root is seen long before the next look at everything. */
@Timeout(60)
class WatchedRootTest {

    private final Path root;
    private final FolderSource source;
    private final ResourceCache cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);
    private final BlockingQueue<List<String>> problems = new LinkedBlockingQueue<>();

    WatchedRootTest(@TempDir Path folder) throws IOException {
        this.root = Files.createDirectory(folder.resolve("manifests"));
        write("p.yaml", "p");
        this.source = FolderSource.open(
                new FolderSource.Settings(List.of(root), null, false, ""),
                Clock.systemUTC(),
                watch -> Thread.ofVirtual().start(watch));
        var unused = source.feed(cache);
        source.onProblems(all ->
                problems.add(all.stream().map(problem -> problem.message()).toList()));
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void thatItWentAwayAndCameBack() throws Exception {
        Path elsewhere = Files.move(root, root.resolveSibling("elsewhere"));
        awaitProblem("the folder does not exist: create it");

        Files.move(elsewhere, root);
        awaitNone();

        write("broken.yaml", "a: [");
        awaitProblem("not valid YAML: the text ends where a value is expected: is a bracket not closed?");
    }

    @RepeatedTest(10)
    void thatAnotherFolderCameInItsPlace() throws Exception {
        Files.move(root, root.resolveSibling("before"));
        awaitProblem("the folder does not exist: create it");
        Files.createDirectory(root);
        write("p.yaml", "p");
        awaitNone();

        write("broken.yaml", "a: [");
        awaitProblem("not valid YAML: the text ends where a value is expected: is a bracket not closed?");
    }

    @Test
    void thatSomethingWasDeletedAsSoonAsItIsCalm() throws Exception {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        var unused = cache.onChange(changes::addAll);
        write("other.yaml", "# nothing");
        Files.delete(root.resolve("p.yaml"));

        assertThat(changes.take()).isInstanceOf(Change.Deleted.class);
    }

    private void awaitProblem(String message) throws InterruptedException {
        while (!problems.take().equals(List.of(message))) {
            assertThat(root.getParent()).as("a look in between saw half of it").exists();
        }
    }

    private void awaitNone() throws InterruptedException {
        while (!problems.take().isEmpty()) {
            assertThat(root.getParent()).as("a look in between saw half of it").exists();
        }
    }

    private void write(String file, String name) throws IOException {
        Path draft = Files.writeString(root.resolve(".draft"), name.equals("p") ? """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: p, namespace: apps}
                spec: {imageRepositoryRef: {name: app}, policy: {semver: {range: 1.x}}}
                """ : name);
        Files.move(draft, root.resolve(file));
    }
}

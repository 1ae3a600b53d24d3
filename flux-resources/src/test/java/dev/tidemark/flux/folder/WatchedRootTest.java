package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

    /** Well before everything is looked at whatever the system tells. */
    private static final Duration LIMIT = Duration.ofSeconds(50);

    private final Path root;
    private final FolderSource source;
    private final ResourceCache cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);

    WatchedRootTest(@TempDir Path folder) throws IOException {
        this.root = Files.createDirectory(folder.resolve("manifests"));
        write("p.yaml", "p");
        this.source = FolderSource.open(
                new FolderSource.Settings(List.of(root), null, false, ""),
                Clock.systemUTC(),
                watch -> Thread.ofVirtual().start(watch));
        var unused = source.feed(cache);
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void thatItWentAwayAndCameBack() throws IOException {
        Path elsewhere = Files.move(root, root.resolveSibling("elsewhere"));
        awaitProblem("the folder does not exist: create it");

        Files.move(elsewhere, root);
        awaitProblems(List.of());

        write("broken.yaml", "a: [");
        awaitProblem("not valid YAML: the text ends where a value is expected: is a bracket not closed?");
    }

    @RepeatedTest(10)
    void thatAnotherFolderCameInItsPlace() throws IOException {
        Files.move(root, root.resolveSibling("before"));
        awaitProblem("the folder does not exist: create it");
        Files.createDirectory(root);
        write("p.yaml", "p");
        awaitProblems(List.of());

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

    private void awaitProblem(String message) {
        awaitProblems(List.of(message));
    }

    /** A look in between may see half of it. */
    private void awaitProblems(List<String> messages) {
        await().atMost(LIMIT)
                .until(() -> source.problems().stream().map(Problem::message).toList(), messages::equals);
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

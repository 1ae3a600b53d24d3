package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.folder.FolderWatch.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSecretsTest {

    private final Path manifests;
    private final Path state;
    private final SteppedClock clock = new SteppedClock(Instant.parse("2100-11-26T09:30:00Z"));
    private FolderSource source;
    private ResourceCache cache;

    FolderSecretsTest(@TempDir Path folder) throws IOException {
        this.manifests = Files.createDirectory(folder.resolve("manifests"));
        this.state = folder.resolve("state");
    }

    @BeforeEach
    void start() {
        source = FolderSource.unwatched(new FolderSource.Settings(List.of(manifests), state, false, ""), clock);
        cache = new ResourceCache(List.of(Kinds.SECRET), List.of(), Runnable::run);
        var unused = source.feed(cache);
    }

    private void look() {
        source.look(new Seen.Everything());
    }

    @Test
    void aSecretIsRememberedByNameOnly() throws IOException {
        write("secret.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: token, namespace: apps}
                stringData: {password: "s3cr3t-value"}
                """);
        look();
        assertThat(source.get("apps", "token").orElseThrow().text("password")).isEqualTo("s3cr3t-value");
        assertThat(cache.all(Kinds.SECRET)).hasSize(1);
        try (var files = Files.walk(state)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                assertThat(Files.readString(file)).doesNotContain("s3cr3t-value");
            }
        }
    }

    @Test
    void aSecretThatNobodyAskedForIsNotHeld() throws IOException {
        write("secret.yaml", secret("one"));
        look();
        assertThat(cache.all(Kinds.SECRET).getFirst().spec().entries()).isEmpty();

        List<ResourceId> heard = new ArrayList<>();
        var unused = source.onChange(heard::add);
        assertThat(source.get("apps", "token").orElseThrow().text("password")).isEqualTo("one");
        write("secret.yaml", secret("two"));
        look();
        assertThat(heard).containsExactly(new ResourceId("Secret", "apps", "token"));
        assertThat(source.get("apps", "token").orElseThrow().text("password")).isEqualTo("two");

        write("secret.yaml", "a: [");
        look();
        assertThat(source.get("apps", "token").orElseThrow().text("password"))
                .as("what was in force stays")
                .isEqualTo("two");
    }

    private static String secret(String password) {
        return "apiVersion: v1\nkind: Secret\nmetadata: {name: token, namespace: apps}\nstringData: {password: \"%s\"}\n"
                .formatted(password);
    }

    @Test
    void oneThatComesAfterItWasAskedForIsToldOf() throws IOException {
        List<ResourceId> heard = new ArrayList<>();
        var unused = source.onChange(heard::add);
        assertThat(source.get("apps", "token")).isEmpty();

        write("secret.yaml", secret("one"));
        look();

        assertThat(heard).containsExactly(new ResourceId("Secret", "apps", "token"));
        assertThat(source.get("apps", "token").orElseThrow().text("password")).isEqualTo("one");
    }

    @Test
    void oneThatIsDeletedIsToldOfAndItsReaderHearsNothingOfItsOwnReading() throws Exception {
        write("secret.yaml", secret("one"));
        write("other.yaml", "# nothing");
        look();
        List<ResourceId> heard = new ArrayList<>();
        var unused = source.onChange(heard::add);
        assertThat(source.get("apps", "token")).isPresent();
        assertThat(heard).isEmpty();

        Files.delete(manifests.resolve("secret.yaml"));
        look();
        clock.advance(DeletionGuard.CALM);
        source.look(new Seen.Nothing());

        assertThat(heard).containsExactly(new ResourceId("Secret", "apps", "token"));
        assertThat(source.get("apps", "token")).isEmpty();
    }

    @Test
    void anotherOneThatChangedInTheSameFileIsToldOfAlthoughSomebodyElseCausedTheReading() throws IOException {
        String other = secret("other").replace("name: token", "name: other");
        write("secret.yaml", secret("one") + "---\n" + other);
        look();
        assertThat(source.get("apps", "token")).isPresent();
        List<ResourceId> heard = new ArrayList<>();
        var unused = source.onChange(heard::add);

        write("secret.yaml", secret("two") + "---\n" + other);
        assertThat(source.get("apps", "other")).isPresent();

        assertThat(heard).containsExactly(new ResourceId("Secret", "apps", "token"));
    }

    @Test
    void oneWhoseManifestCannotBeReadIsNotThere() throws IOException {
        write("secret.yaml", secret("one"));
        look();
        write("secret.yaml", "a: [");
        look();

        assertThat(source.get("apps", "token")).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(manifests.resolve(file), text);
    }
}

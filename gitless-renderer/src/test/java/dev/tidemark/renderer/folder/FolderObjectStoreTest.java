package dev.tidemark.renderer.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.ObjectAccess.Change;
import dev.tidemark.renderer.domain.apply.ObjectStoreException;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Owner OWNER = new Owner("apps", "rs");

    private Path folder;
    private FolderObjectStore store;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary.resolve("objects");
        store = at(NOW);
    }

    @Test
    void writesOnlyWhatChanged() {
        assertThat(store.apply(config("apps", "a", "1"))).isEqualTo(Change.CREATED);
        assertThat(store.apply(config("apps", "a", "1"))).isEqualTo(Change.UNCHANGED);
        assertThat(store.apply(config("apps", "a", "2"))).isEqualTo(Change.CONFIGURED);
        assertThat(folder.resolve("apps/ConfigMap/a.yaml")).content().contains("k: \"2\"");
    }

    @Test
    void anObjectIsAsOldAsItsFirstFile() {
        store.apply(config("apps", "a", "1"));

        assertThat(at(NOW.plusSeconds(60)).apply(config("apps", "a", "1"))).isEqualTo(Change.UNCHANGED);
        assertThat(at(NOW.plusSeconds(60)).apply(config("apps", "a", "2"))).isEqualTo(Change.CONFIGURED);
        assertThat(folder.resolve("apps/ConfigMap/a.yaml"))
                .content()
                .contains("\n  creationTimestamp: \"2026-01-02T03:04:05Z\"\n");

        store.delete(config("apps", "a", "2"));
        at(NOW.plusSeconds(60)).apply(config("apps", "a", "2"));
        assertThat(folder.resolve("apps/ConfigMap/a.yaml")).content().contains("\"2026-01-02T03:05:05Z\"");
    }

    private FolderObjectStore at(Instant now) {
        return new FolderObjectStore(folder, new GoYamlDocuments(), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void nobodyElseMayReadWhatIsRendered() throws IOException {
        Path file = folder.resolve("apps/ConfigMap/a.yaml");
        store.apply(config("apps", "a", "1"));
        assertThat(permissions(file)).isEqualTo("rw-------");
        for (String one : List.of("", "apps", "apps/ConfigMap")) {
            assertThat(permissions(folder.resolve(one))).as(one).isEqualTo("rwx------");
        }

        // as an older version wrote them
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder.resolve("apps"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(at(NOW).apply(config("apps", "a", "1"))).isEqualTo(Change.UNCHANGED);
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(folder.resolve("apps"))).isEqualTo("rwx------");
        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws IOException {
        for (String name : new String[] {"../../escape", "..", "/etc/passwd", "a/b", ".hidden", "a\\b", "%2e"}) {
            store.apply(config(name, name, "1"));
        }

        try (var files = Files.walk(folder.getParent())) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(7).allMatch(file -> file.startsWith(folder));
        }
    }

    @Test
    void namesThatDifferHaveFilesThatDiffer() {
        store.apply(config("", "a:b", "1"));
        store.apply(config("_cluster", "a:b", "2"));
        store.apply(config("", "a%3Ab", "3"));

        assertThat(store.find(config("", "a:b", "").id()).orElseThrow().json())
                .asString()
                .contains("k=1");
        assertThat(folder.resolve("_cluster/ConfigMap/a%3Ab.yaml")).exists();
        assertThat(folder.resolve("%5Fcluster/ConfigMap/a%3Ab.yaml")).exists();
    }

    @Test
    void anObjectWithoutANameIsRefused() {
        assertThatThrownBy(() -> store.apply(new KubeObject(Map.of("apiVersion", "v1", "kind", "ConfigMap"))))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("ConfigMap has no name");
    }

    @Test
    void whatNeedsAClusterIsRefused() {
        var copy = config("apps", "a", "1")
                .with(Map.of(), Map.of("fluxcd.controlplane.io/copyFrom", "flux-system/source"));

        assertThatThrownBy(() -> store.apply(copy))
                .hasMessageContaining("copyFrom")
                .hasMessageContaining("cluster");
    }

    @Test
    void knowsWhoseObjectsItHas() throws IOException {
        store.apply(config("apps", "a", "1"));
        Files.writeString(folder.resolve("apps/ConfigMap/notes.yaml"), "- not an object\n");

        assertThat(store.owners()).containsExactly(OWNER);
    }

    private static KubeObject config(String namespace, String name, String value) {
        return new KubeObject(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        namespace.isEmpty() ? Map.of("name", name) : Map.of("name", name, "namespace", namespace),
                        "data",
                        Map.of("k", value)))
                .with(OWNER.labels(false), Map.of());
    }
}

package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.watcher.TestResources;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which mirrors no image uses; a change says it of one resource, and no other is looked at. */
class MirrorsTest {

    private final TestResources declared = new TestResources();
    private final Resources cache = declared.cache();
    private final Mirrors mirrors = new Mirrors(List.of("docker.io", "quay.io:443", "ghcr.io"));

    private static Resource<?> repository(String name, String image) {
        return TestResources.resource(
                "{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: " + name
                        + ", namespace: apps}, spec: {interval: 1m, image: " + image + "}}");
    }

    @Test
    void namesTheMirrorsThatNoImageUses() {
        declared.declare(repository("a", "redis"));
        declared.declare(repository("b", "quay.io/o/a"));
        mirrors.begin(cache);
        assertThat(mirrors.unused()).containsExactly("ghcr.io");
    }

    @Test
    void followsWhatChanges() {
        declared.declare(repository("a", "redis"));
        mirrors.begin(cache);
        var unused = cache.onChange(mirrors::changed);
        declared.declare(repository("a", "ghcr.io/o/a"));
        declared.declare(repository("b", "ghcr.io/o/b"));
        assertThat(mirrors.unused()).containsExactly("docker.io", "quay.io:443");
        declared.delete(repository("a", "redis").id());
        assertThat(mirrors.unused()).containsExactly("docker.io", "quay.io:443");
        declared.delete(repository("b", "redis").id());
        assertThat(mirrors.unused()).containsExactly("docker.io", "ghcr.io", "quay.io:443");
    }
}

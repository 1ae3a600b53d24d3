package dev.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoManifestsTest {

    private static final DemoSecrets SECRETS = new DemoSecrets("secret", "token");

    private final Path state;

    DemoManifestsTest(@TempDir Path state) {
        this.state = state;
    }

    @Test
    void giveTheExamplesWhatTheyReferTo() throws Exception {
        DemoFolder folder = new DemoFolder(state.resolve("with blank"));

        DemoManifests.write(folder, SECRETS);

        Path manifests = folder.manifests();
        assertThat(manifests.resolve("gitrepository.yaml"))
                .content()
                .contains("url: file:///")
                .contains("/with%20blank/demo/fleet.git\n");
        assertThat(manifests.resolve("registry-auth.yaml"))
                .content()
                .contains("'{\"auths\":{\"ghcr.io\":{\"username\":\"demo\",\"password\":\"secret\",");
        assertThat(manifests.resolve("receiver.yaml")).content().contains("token: token\n");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(manifests.resolve("registry-auth.yaml"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theHookIsTheDigestOfTokenNameAndNamespace() {
        assertThat(SECRETS.hook(URI.create("http://127.0.0.1:1234")))
                .isEqualTo(URI.create("http://127.0.0.1:1234/hook/"
                        + "eff2f90920bb279e870bc42015aa25ef5cc4a58476caecbd4f1184895bce4ce1"));
    }

    @Test
    void theSecretsAreNotPrinted() {
        assertThat(SECRETS).hasToString("DemoSecrets");
    }
}

package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.SshKeygen;
import dev.tidemark.testkit.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code flux bootstrap} leaves: a repository that is reached with an SSH deploy key. The same Secret signs the
 * commits (flux-git-based 13, 14).
 */
class DeployKeyST {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String FILE = "clusters/staging/app.yaml";

    private final Path folder;
    private final Programs programs;
    private final Tidemark tidemark;
    private DemoRegistry registry;
    private SshServer ssh;
    private SshKeygen.Key key;
    private GitRemote fleet;

    DeployKeyST(@TempDir Path folder) {
        this.folder = folder;
        this.programs = new Programs(folder);
        this.tidemark = new Tidemark(programs, folder.resolve("state"));
    }

    @BeforeEach
    void surroundings() throws IOException {
        registry = DemoRegistry.start(folder.resolve("registry"), 0);
        ssh = SshServer.start(folder);
        key = new SshKeygen(folder).key("open sesame", "-t", "ecdsa", "-b", "384");
        fleet = GitRemote.create(folder, "fleet");
        String unused = fleet.commit("main", "begin", Map.of(FILE, """
                kind: Deployment
                spec:
                  image: %s:0.9.0  # {"$imagepolicy": "flux-system:app"}
                """.formatted(image())));
    }

    @AfterEach
    void leaveNothingBehind() {
        programs.close();
        ssh.close();
        registry.close();
    }

    @Test
    void aRepositoryWithADeployKeyIsWrittenWithSignedCommits() throws Exception {
        push("1.0.0");
        Path manifests = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("all.yaml"), resources());
        Files.writeString(manifests.resolve("secret.yaml"), secret("open barley", ssh.knownHost("rsa")));
        var up = tidemark.up(manifests);

        awaitReady("the Secret's password is not the passphrase of its identity");

        Files.writeString(manifests.resolve("secret.yaml"), secret("open sesame", "example.org " + key.authorized()));
        awaitReady("known_hosts has no line for 127.0.0.1 with port " + ssh.port());

        Files.writeString(manifests.resolve("secret.yaml"), secret("open sesame", ssh.knownHost("rsa")));
        awaitReady("does not take this key for " + ssh.user());

        ssh.allow(key, "");
        awaitCommitted("1.0.0");
        long logins = ssh.logins();
        push("1.1.0");
        awaitCommitted("1.1.0");

        assertThat(ssh.logins() - logins).as("a push is one session at most").isLessThanOrEqualTo(1);
        assertThat(verified("main")).contains("Good \"git\" signature for bot@example.org");
        fleet.git("fsck", "--strict");
        assertThat(tidemark.log()).doesNotContain("open barley", "open sesame", "BEGIN OPENSSH");
        assertThat(up.isAlive()).isTrue();
    }

    private void awaitReady(String message) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(tidemark.statusFile("ImageUpdateAutomation", "flux-system", "app"))
                        .contains("status: \"False\"", message));
    }

    private void awaitCommitted(String tag) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(fleet.read("main", FILE))
                .contains("image: " + image() + ':' + tag + "  #"));
    }

    private String verified(String branch) throws IOException {
        Path signers = Files.writeString(folder.resolve("signers"), "bot@example.org " + key.authorized());
        return fleet.git("-c", "gpg.ssh.allowedSignersFile=" + signers, "verify-commit", branch);
    }

    private String image() {
        return registry.address().getAuthority() + "/my-org/app";
    }

    private void push(String tag) throws IOException, InterruptedException {
        try (DemoPush push = new DemoPush(registry.address())) {
            var unused = push.push("my-org/app", tag);
        }
    }

    private String secret(String passphrase, String knownHosts) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: flux-system, namespace: flux-system}
                stringData:
                  password: %s
                  known_hosts: "%s"
                  identity: |
                %s
                """.formatted(passphrase, knownHosts.strip(), key.identity().indent(4));
    }

    private String resources() {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: app, namespace: flux-system}
                spec: {image: "%s", interval: 1s, insecure: true}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app, namespace: flux-system}
                spec: {imageRepositoryRef: {name: app}, policy: {semver: {range: "1.x"}}}
                ---
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: flux-system, namespace: flux-system}
                spec: {interval: 1m, url: "%s", ref: {branch: main}, secretRef: {name: flux-system}}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: app, namespace: flux-system}
                spec:
                  interval: 2s
                  sourceRef: {kind: GitRepository, name: flux-system}
                  git:
                    commit:
                      author: {email: bot@example.org, name: bot}
                      signingKey: {type: ssh, secretRef: {name: flux-system}}
                  update: {path: ./clusters, strategy: Setters}
                """.formatted(image(), ssh.url(fleet));
    }
}

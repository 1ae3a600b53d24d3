package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.testkit.kube.ApiServer;
import dev.tidemark.testkit.terminal.PseudoTerminal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it was built, in a pseudo-terminal, on a real API server: by a kubeconfig, and as in a pod. */
class ClusterTerminalIT {

    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));

    /** The machine that tests is not idle. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final ApiServer server = ApiServer.shared();
    private final String namespace = server.namespace();
    private final Path folder;

    ClusterTerminalIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void declare() {
        server.installDefinitions();
        server.admin().apply("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: my-app}
                spec: {image: ghcr.io/my-org/my-app, interval: 5m}
                """, "-n", namespace);
    }

    @Test
    void ctrlCEndsAWatch() throws Exception {
        try (PseudoTerminal terminal = terminal(
                // kubectl passes over a file that is not there
                Map.of("KUBECONFIG", folder.resolve("none") + File.pathSeparator + server.kubeconfig()),
                "get",
                "all",
                "-w",
                "-n",
                namespace,
                "--context",
                "")) {
            await().atMost(LIMIT).until(() -> terminal.screen().contains("my-app") || !terminal.isAlive());

            terminal.type(PseudoTerminal.CTRL_C);

            assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(130);
            assertThat(terminal.screen().replace("\r\n", "\n"))
                    .doesNotContain("Exception", "tidemark: ", "\r", "\u001b");
        }
    }

    /** The example's account is enough, for all that it is meant for. */
    @Test
    void aPodFindsItsClusterByItsAccount() throws Exception {
        server.kubectl("create", "namespace", "tidemark");
        server.kubectl("apply", "-k", ROOT.resolve("deploy/examples/cli").toString());

        assertThat(inPod("status", "--context", "")).contains("The cluster " + server.url(), "my-app");
        assertThat(inPod("get", "all", "-A", "--context", "")).contains("imagerepository/my-app");
        assertThat(inPod("events", "-A", "--context", "")).doesNotContain("forbidden");
        assertThat(inPod("suspend", "imagerepository", "my-app", "-n", namespace, "--context", ""))
                .contains("my-app suspended");
        assertThat(inPod("check", "--context", "")).contains("All checks passed.");
        assertThat(inPod("logs", "--context", "")).contains("there is no pod of Tidemark in namespace 'tidemark'");
    }

    /** The kubelet's variables and files, without a kubelet. */
    private String inPod(String... words) throws IOException, InterruptedException {
        Path token = Files.writeString(folder.resolve("token"), server.token("tidemark", "cli"));
        Map<String, String> environment = new HashMap<>();
        environment.put("KUBERNETES_SERVICE_HOST", server.url().getHost());
        environment.put("KUBERNETES_SERVICE_PORT", String.valueOf(server.url().getPort()));
        environment.put("KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", token.toString());
        environment.put("KUBERNETES_CERTS_CA_FILE", server.certificate().toString());
        environment.put("HOME", folder.toString());
        environment.put("KUBECONFIG", "");
        try (PseudoTerminal terminal = terminal(environment, words)) {
            terminal.exitCode();
            return terminal.screen();
        }
    }

    private PseudoTerminal terminal(Map<String, String> environment, String... words) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        // what is tested was built already, by whoever runs the test
        all.put("TIDEMARK_BUILD", "never");
        all.put("TIDEMARK_JAVA_HOME", System.getProperty("java.home"));
        String[] command = new String[words.length + 1];
        command[0] = ROOT.resolve("tidemark").toString();
        System.arraycopy(words, 0, command, 1, words.length);
        return PseudoTerminal.start(folder.resolve("screen"), all, command);
    }
}

package dev.tidemark.systemtests;

import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.Programs.Program;
import dev.tidemark.testkit.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All-in-one as a kubelet would start it from the overlay's StatefulSet: its account with its rights, its settings, its probes; a
 * folder in the volume's place.
 */
record Pod(Program program) {

    private static final String NAMESPACE = "tidemark";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Applies the overlay, with all kinds, and starts what it has. Returns when it is ready. */
    static Pod start(Programs programs, ApiServer server, Path volume, Map<String, String> more) throws IOException {
        server.installDefinitions();
        server.kubectl(
                "apply",
                "--server-side",
                "-k",
                Programs.root().resolve("deploy/overlays/all-in-one").toString());
        return run(programs, server, volume, more);
    }

    /** Starts what was applied. Returns when it is ready. */
    static Pod run(Programs programs, ApiServer server, Path volume, Map<String, String> more) throws IOException {
        PodTemplate template = PodTemplate.of(server, NAMESPACE, "statefulset/all-in-one");
        Map<String, Integer> ports = template.freePorts();
        Map<String, String> environment = new HashMap<>(template.environment(volume, ports));
        environment.put(
                "KUBECONFIG", server.kubeconfig(NAMESPACE, template.account()).toString());
        environment.putAll(more);
        Pod pod = new Pod(programs.start(
                List.of(
                        Programs.java(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-jar",
                        Programs.root()
                                .resolve("all-in-one/target/quarkus-app/quarkus-run.jar")
                                .toString()),
                environment));
        await().atMost(LIMIT).until(() -> pod.isReady(template, ports));
        return pod;
    }

    private boolean isReady(PodTemplate template, Map<String, Integer> ports) throws InterruptedException {
        if (!program.isAlive()) {
            throw new AssertionError("all-in-one ended: " + program.output());
        }
        return template.isReady(ports);
    }

    String log() {
        return program.output();
    }
}

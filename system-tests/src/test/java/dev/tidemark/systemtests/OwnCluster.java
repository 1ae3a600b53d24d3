package dev.tidemark.systemtests;

import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.systemtests.ConsolePage.Step;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster of the page's own, with kubectl and flux, and what would start Tidemark's pod and end it; a registry behind a gate in
 * the place of ghcr.io, and a Git repository {@code team/fleet} at git.example.com.
 */
class OwnCluster extends Surroundings {

    /** The file that is updated, as the examples look for it. */
    static final String FILE = "clusters/staging/my-app.yaml";

    static final String UNMARKED = "image: ghcr.io/my-org/my-app:1.0.0\n";
    static final String MARKED = UNMARKED.strip() + "  # {\"$imagepolicy\": \"flux-system:my-app\"}\n";

    final ApiServer server = ApiServer.fresh();
    final Gate gate;
    final GitRemote fleet;

    private final Programs programs;
    private final Path folder;
    private final DemoRegistry registry;
    private final GitHttpServer git;
    private Optional<Pod> pod = Optional.empty();

    /** @param folder for what belongs to others than the reader */
    OwnCluster(Programs programs, Path folder) throws IOException {
        this.programs = programs;
        this.folder = folder;
        registry = DemoRegistry.start(folder.resolve("registry"), 0);
        gate = new Gate(registry.address());
        fleet = GitRemote.create(Files.createDirectories(folder.resolve("git/team")), "fleet");
        git = GitHttpServer.start(folder.resolve("git"));
        call("https://git.example.com/", git.url("").toString());
    }

    final void push(String version) throws IOException, InterruptedException {
        try (DemoPush push = new DemoPush(registry.address())) {
            String unused = push.push("my-org/my-app", version);
        }
    }

    /** Installs Tidemark and starts it. */
    final void install() throws IOException {
        pod = Optional.of(Pod.start(programs, server, folder, mirror()));
    }

    final void stopPod() throws IOException, InterruptedException {
        if (pod.isPresent()) {
            pod.get().program().stop();
            int unused = pod.get().program().exitCode(Tidemark.LIMIT.toSeconds());
            pod = Optional.empty();
        }
    }

    /** As flux does it. */
    final void reconcile(String object, String namespace) {
        server.kubectl(
                "annotate",
                "--overwrite",
                object,
                "-n",
                namespace,
                "reconcile.fluxcd.io/requestedAt=" + System.nanoTime());
    }

    /** A kubelet for this one pod. */
    @Override
    void after(Step step) throws IOException, InterruptedException {
        if (!step.command().contains("statefulset") && !step.command().contains("deploy/overlays")) {
            return;
        }
        String replicas =
                server.kubectl("get", "statefulset", "-n", "tidemark", "-o", "jsonpath={.items[*].spec.replicas}");
        if (replicas.equals("0")) {
            stopPod();
        } else if (!replicas.isEmpty() && pod.isEmpty()) {
            pod = Optional.of(Pod.run(programs, server, folder, mirror()));
        }
    }

    private Map<String, String> mirror() {
        return Map.of("JAVA_TOOL_OPTIONS", "'-Dtidemark.registry-watcher.mirrors.\"ghcr.io\"=" + gate.url() + "'");
    }

    @Override
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv("KUBEBUILDER_ASSETS") + ':' + System.getenv("PATH"));
        environment.put("KUBECONFIG", server.kubeconfig().toString());
        environment.put("KUBECACHEDIR", folder.resolve("cache").toString());
        return environment;
    }

    @Override
    public void close() {
        server.close();
        git.close();
        gate.close();
        registry.close();
    }
}

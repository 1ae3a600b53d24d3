package dev.tidemark.systemtests;

import dev.tidemark.systemtests.ConsolePage.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages about clusters, as {@link DocsST} follows the others: with the real kubectl and flux on an API server of their own. */
class DocsInClusterST {

    private static final String KUBERNETES = "docs/kubernetes.md";
    private static final String MIGRATION = "docs/migrate-from-flux.md";
    private static final String TROUBLESHOOTING = "docs/troubleshooting.md";

    static final Set<String> PAGES = Set.of(KUBERNETES, MIGRATION, TROUBLESHOOTING);

    private static final String NAMESPACE = "flux-system";

    private final Programs programs;
    private final Path folder;
    private final Path beside;

    DocsInClusterST(@TempDir Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("reader")).toRealPath();
        this.beside = Files.createDirectories(folder.resolve("beside")).toRealPath();
        this.programs = new Programs(beside);
    }

    @AfterEach
    void leaveNothingBehind() {
        programs.close();
    }

    /** From an empty cluster on. */
    @Test
    void theWayIntoAClusterIsTrue() throws Exception {
        follow(KUBERNETES, new OwnCluster(programs, beside) {
            {
                push("1.4.2");
                String unused = fleet.commit("main", "begin", Map.of(FILE, MARKED));
            }

            @Override
            void before(Block block) {
                if (block.heading().equals("Many tenants")) {
                    server.kubectl("create", "namespace", "team-a");
                }
            }
        });
    }

    /** What Flux leaves is not here: its controllers' Deployments are, and objects that Tidemark works on. */
    @Test
    void theWayFromFluxAndBackIsTrue() throws Exception {
        follow(MIGRATION, new OwnCluster(programs, beside) {
            {
                install();
                push("1.4.2");
                server.kubectl("create", "namespace", NAMESPACE);
                for (String controller : Set.of("image-reflector-controller", "image-automation-controller")) {
                    server.kubectl("create", "deployment", controller, "-n", NAMESPACE, "--image=" + controller);
                }
                server.kubectl("create", "namespace", "apps");
                server.admin().apply("""
                        apiVersion: image.toolkit.fluxcd.io/v1
                        kind: ImageRepository
                        metadata: {name: web, namespace: apps}
                        spec: {image: ghcr.io/my-org/my-app, interval: 5m}
                        ---
                        apiVersion: image.toolkit.fluxcd.io/v1
                        kind: ImagePolicy
                        metadata: {name: web, namespace: apps}
                        spec: {imageRepositoryRef: {name: web}, policy: {semver: {range: 1.x}}}
                        ---
                        apiVersion: image.toolkit.fluxcd.io/v1
                        kind: ImageUpdateAutomation
                        metadata: {name: apps, namespace: apps}
                        spec:
                          interval: 5m
                          sourceRef: {kind: GitRepository, name: none}
                          git: {commit: {author: {email: a@example.com}}}
                        """);
            }

            @Override
            void before(Block block) throws IOException, InterruptedException {
                if (block.steps().getFirst().command().contains("uninstall")) {
                    stopPod();
                }
            }
        });
    }

    /** The examples with every mistake of the seed's table, which are mended one after the other. */
    @Test
    void whatIsWrongIsShown() throws Exception {
        follow(TROUBLESHOOTING, new OwnCluster(programs, beside) {
            {
                call("--docker-server=ghcr.io", "--docker-server=" + gate.authority());
                install();
                gate.demand("U", "P");
                push("0.9.0");
                String unused = fleet.commit("main", "begin", Map.of(FILE, UNMARKED));
                server.kubectl("create", "namespace", NAMESPACE);
                for (String secret : Set.of("registry-credentials", "registry-auth")) {
                    server.kubectl(
                            "create",
                            "secret",
                            "docker-registry",
                            secret,
                            "-n",
                            NAMESPACE,
                            "--docker-server=" + gate.authority(),
                            "--docker-username=U",
                            "--docker-password=old");
                }
                server.admin().apply("""
                        apiVersion: source.toolkit.fluxcd.io/v1
                        kind: GitRepository
                        metadata: {name: flux-system, namespace: flux-system}
                        spec: {interval: 5m, url: "%s", ref: {branch: main}}
                        """.formatted(asHere("https://git.example.com/team/fleet.git")));
                for (String model : Set.of("git-based", "gitless")) {
                    server.kubectl(
                            "apply",
                            "-f",
                            Programs.root().resolve("examples").resolve(model).toString());
                }
            }

            @Override
            void before(Block block) throws IOException, InterruptedException {
                switch (block.heading()) {
                    case "ImagePolicy shows no latest image" -> reconcile("imagerepository/my-app", NAMESPACE);
                    case "No commit, although a policy has chosen" -> {
                        push("1.1.0");
                        reconcile("imagerepository/my-app", NAMESPACE);
                    }
                    case "The automation fails to push" -> {
                        String unused = fleet.git("config", "http.receivepack", "false");
                        unused = fleet.commit("main", "mark", Map.of(FILE, MARKED));
                        reconcile("imageupdateautomation/flux-system", NAMESPACE);
                    }
                    default -> {}
                }
            }
        });
    }

    private void follow(String page, Surroundings surroundings) throws Exception {
        try (surroundings;
                PageReader reader = new PageReader(folder, programs, surroundings)) {
            reader.follow(Programs.root().resolve(page));
        }
    }
}

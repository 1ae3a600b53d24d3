package dev.tidemark.systemtests;

import dev.tidemark.demo.DemoSecrets;
import dev.tidemark.demo.Effects;
import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.systemtests.EndState.App;
import dev.tidemark.systemtests.EndState.Branch;
import dev.tidemark.systemtests.EndState.Commit;
import dev.tidemark.systemtests.EndState.Image;
import dev.tidemark.systemtests.FaultEvent.Manner;
import dev.tidemark.systemtests.FaultEvent.Remote;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What surrounds Tidemark in a run of the fault harness: a registry and Git over HTTP, each behind a gate, and manifests. */
final class HarnessCluster implements AutoCloseable {

    /** What every branch begins with. */
    static final String BEGIN = "1.0.0";

    /** What is not polled is found only if its webhook is worked. */
    static final List<FaultPlan.App> APPS = List.of(
            new FaultPlan.App("web", true),
            new FaultPlan.App("api", true),
            new FaultPlan.App("shop", false),
            new FaultPlan.App("mail", false));

    private static final List<String> BRANCHES = List.of("updates-a", "updates-b");
    private static final String DEPLOYMENTS = "clusters/staging/apps.yaml";
    private static final Pattern IMAGE = Pattern.compile(
            "image: ghcr.io/my-org/(?<repository>[^:]+):(?<version>\\S+) .*\"flux-system:(?<app>[^\"]+)\"");

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: NAME}
            spec:
              image: ghcr.io/my-org/NAME:1.0.0  # {"$imagepolicy": "flux-system:NAME"}
            ---
            """;

    private static final String REPOSITORY = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: NAME, namespace: flux-system}
            spec: {image: ghcr.io/my-org/NAME, interval: INTERVAL}
            ---
            """;

    private static final String MANIFEST = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImagePolicy
            metadata: {name: NAME, namespace: flux-system}
            spec:
              imageRepositoryRef: {name: FOLLOWED}
              policy: {semver: {range: ">=1.0.0 <BELOW.0.0"}}
            ---
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSetInputProvider
            metadata:
              name: NAME
              namespace: flux-system
              annotations: {fluxcd.controlplane.io/reconcileEvery: INTERVAL}
            spec:
              type: OCIArtifactTag
              url: "oci://ghcr.io/my-org/FOLLOWED"
              filter: {semver: ">=1.0.0 <BELOW.0.0", limit: 1}
            ---
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSet
            metadata: {name: NAME, namespace: flux-system}
            spec:
              inputsFrom: [{kind: ResourceSetInputProvider, name: NAME}]
              resources:
                - apiVersion: kustomize.toolkit.fluxcd.io/v1
                  kind: Kustomization
                  metadata: {name: NAME, namespace: flux-system}
                  spec:
                    interval: 10m
                    prune: true
                    sourceRef: {kind: OCIRepository, name: NAME}
                    postBuild: {substitute: {APP_IMAGE_TAG: "<< inputs.tag >>"}}
            """;

    private static final String FOUNDATION = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: flux-system, namespace: flux-system}
            spec: {interval: 30s, url: "URL", ref: {branch: main}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: receiver-token, namespace: flux-system}
            stringData: {token: TOKEN}
            ---
            apiVersion: notification.toolkit.fluxcd.io/v1
            kind: Receiver
            metadata: {name: my-app, namespace: flux-system}
            spec:
              type: generic
              secretRef: {name: receiver-token}
              resources:
            """;

    private static final String LISTED =
            "    - {apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, name: NAME}\n";

    private static final String AUTOMATION = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageUpdateAutomation
            metadata: {name: BRANCH, namespace: flux-system}
            spec:
              interval: 30s
              sourceRef: {kind: GitRepository, name: flux-system}
              git:
                checkout: {ref: {branch: main}}
                commit:
                  author: {email: fluxcdbot@users.noreply.github.com, name: fluxcdbot}
                  messageTemplate: '{{range .Changed.Changes}}{{println .NewValue}}{{end}}'
                push: {branch: BRANCH}
              update: {path: ./clusters/staging, strategy: Setters}
            """;

    private final Path folder;
    private final DemoRegistry registry;
    private final DemoPush push;
    private final Gate registryGate;
    private final GitRemote fleet;
    private final GitHttpServer git;
    private final Gate gitGate;
    private final DemoSecrets secrets = DemoSecrets.random(new SecureRandom());
    private final Map<String, Set<String>> pushed = new TreeMap<>();
    private final Map<String, Integer> maxMajors = new TreeMap<>();
    private final Map<String, List<String>> followed = new TreeMap<>();
    private final Map<String, Commit> commits = new HashMap<>();

    HarnessCluster(Path folder) throws IOException {
        this.folder = folder;
        this.registry = DemoRegistry.start(folder.resolve("registry"), 0);
        this.push = new DemoPush(registry.address());
        this.registryGate = new Gate(registry.address());
        this.fleet = GitRemote.create(folder, "fleet");
        // where a branch ever was
        String unused = fleet.git("config", "core.logAllRefUpdates", "always");
        this.git = GitHttpServer.start(folder);
        this.gitGate = new Gate(git.url(""));
        StringBuilder deployments = new StringBuilder();
        StringBuilder foundation = new StringBuilder(
                FOUNDATION.replace("URL", gitGate.url() + "/fleet.git").replace("TOKEN", secrets.token()));
        Files.createDirectories(folder.resolve("manifests"));
        for (FaultPlan.App app : APPS) {
            deployments.append(DEPLOYMENT.replace("NAME", app.name()));
            StringBuilder repositories = new StringBuilder();
            for (String repository : app.repositories()) {
                foundation.append(LISTED.replace("NAME", repository));
                repositories.append(REPOSITORY.replace("NAME", repository).replace("INTERVAL", interval(app)));
            }
            declare(app.name() + "-repositories.yaml", repositories.toString());
            maxMajors.put(app.name(), 1);
            move(app.name(), app.first());
        }
        declare("foundation.yaml", foundation.toString());
        for (String branch : BRANCHES) {
            declare(branch + ".yaml", AUTOMATION.replace("BRANCH", branch));
        }
        unused = fleet.commit("main", "begin", Map.of(DEPLOYMENTS, deployments.toString()));
    }

    List<Path> manifests() {
        return List.of(folder.resolve("manifests"));
    }

    Path state() {
        return folder.resolve("state");
    }

    URI registry() {
        return registryGate.url();
    }

    /** The Receiver's address at a replica of the watcher. */
    URI hook(URI watcher) {
        return secrets.hook(watcher);
    }

    /** Returns when the registry has it. */
    void push(String repository, String tag) throws IOException, InterruptedException {
        String unused = push.push("my-org/" + repository, tag);
        pushed.computeIfAbsent(repository, none -> new TreeSet<>()).add(tag);
    }

    /** The app's policies allow one major version more. */
    void widen(String app) throws IOException {
        maxMajors.merge(app, 1, Integer::sum);
        declare(app);
    }

    /** The app's policies follow this repository. */
    void move(String app, String repository) throws IOException {
        followed.computeIfAbsent(app, none -> new ArrayList<>()).add(repository);
        declare(app);
    }

    private void declare(String name) throws IOException {
        FaultPlan.App app =
                APPS.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        declare(
                name + ".yaml",
                MANIFEST.replace("NAME", name)
                        .replace(
                                "FOLLOWED",
                                Objects.requireNonNull(followed.get(name)).getLast())
                        .replace("BELOW", Integer.toString(maxMajors.getOrDefault(name, 0) + 1))
                        .replace("INTERVAL", interval(app)));
    }

    private static String interval(FaultPlan.App app) {
        return app.polled() ? "5s" : "1h";
    }

    /** At once, as a volume of Kubernetes changes: half a file would be another wish. */
    private void declare(String file, String text) throws IOException {
        Path written = Files.writeString(folder.resolve(file), text);
        Path unused = Files.move(written, folder.resolve("manifests").resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    void fail(Remote remote, Manner manner) {
        Gate gate = gate(remote);
        switch (manner) {
            case REFUSES -> gate.refuse();
            case HANGS_UP -> gate.hangUp();
            case LOSES_ANSWERS -> gate.loseAnswers();
            case LISTS_HALF -> gate.listHalf();
        }
    }

    void recover(Remote remote) {
        gate(remote).open();
    }

    private Gate gate(Remote remote) {
        return switch (remote) {
            case REGISTRY -> registryGate;
            case GIT -> gitGate;
        };
    }

    Map<String, App> apps() {
        Map<String, App> apps = new TreeMap<>();
        for (String app : maxMajors.keySet()) {
            Path object = state().resolve("objects/flux-system/Kustomization/" + app + ".yaml");
            apps.put(
                    app,
                    new App(
                            Map.copyOf(pushed),
                            List.copyOf(Objects.requireNonNull(followed.get(app))),
                            maxMajors.getOrDefault(app, 0),
                            Effects.renderedTag(object)));
        }
        return apps;
    }

    Map<String, Branch> branches() throws IOException {
        List<String> present = fleet.branches();
        Map<String, Branch> branches = new TreeMap<>();
        for (String branch : BRANCHES) {
            branches.put(branch, present.contains(branch) ? branch(branch) : new Branch(List.of(), Set.of()));
        }
        return branches;
    }

    private Branch branch(String name) throws IOException {
        // before the history: a push between the two questions must not look like a head that went away
        Set<String> heads = new HashSet<>();
        for (String line : Files.readAllLines(fleet.folder().resolve("logs/refs/heads/" + name))) {
            heads.add(line.split(" ", 3)[1]);
        }
        List<Commit> history = new ArrayList<>();
        for (String id :
                fleet.git("rev-list", "--reverse", "main.." + name).lines().toList()) {
            history.add(commits.computeIfAbsent(id, this::read));
        }
        return new Branch(history, heads);
    }

    private Commit read(String id) {
        Map<String, Image> images = new TreeMap<>();
        Matcher image = IMAGE.matcher(fleet.read(id, DEPLOYMENTS));
        while (image.find()) {
            images.put(image.group("app"), new Image(image.group("repository"), image.group("version")));
        }
        String commit = fleet.git("cat-file", "commit", id);
        return new Commit(id, images, commit.substring(commit.indexOf("\n\n") + 2));
    }

    /** Whether Git itself finds nothing wrong with the repository. */
    String check() {
        return fleet.git("fsck", "--strict");
    }

    @Override
    public void close() {
        push.close();
        gitGate.close();
        git.close();
        registryGate.close();
        registry.close();
    }
}

package dev.tidemark.systemtests;

import dev.tidemark.demo.DemoSecrets;
import dev.tidemark.demo.Effects;
import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What surrounds Tidemark in a test: a registry, a Git repository, and manifests. The examples are used as they are; for
 * more images there are manifests of the same shape.
 */
final class Cluster implements AutoCloseable {

    private static final String BRANCH = "staging-image-updates";
    private static final String DEPLOYMENTS = "clusters/staging/apps.yaml";
    private static final Pattern IMAGE = Pattern.compile("image: ghcr.io/my-org/(?<app>[^:]+):(?<version>\\S+)");

    private static final String MORE = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: NAME, namespace: flux-system}
            spec: {image: ghcr.io/my-org/NAME, interval: 5m}
            ---
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImagePolicy
            metadata: {name: NAME, namespace: flux-system}
            spec:
              imageRepositoryRef: {name: NAME}
              policy: {semver: {range: 1.x}}
            ---
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSetInputProvider
            metadata: {name: NAME, namespace: flux-system}
            spec: {type: OCIArtifactTag, url: "oci://ghcr.io/my-org/NAME", filter: {semver: 1.x}, interval: 5m}
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
            apiVersion: v1
            kind: Secret
            metadata: {name: registry-credentials, namespace: flux-system}
            type: kubernetes.io/dockerconfigjson
            stringData: {.dockerconfigjson: '{"auths":{"ghcr.io":{"username":"u","password":"p"}}}'}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: registry-auth, namespace: flux-system}
            type: kubernetes.io/dockerconfigjson
            stringData: {.dockerconfigjson: '{"auths":{"ghcr.io":{"username":"u","password":"p"}}}'}
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: flux-system, namespace: flux-system}
            spec: {interval: 5m, url: "URL", ref: {branch: main}}
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
                - {apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider, name: app-image-tag}
            """;

    private static final String LISTED =
            "    - {apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, name: NAME}\n";

    private static final String AUTOMATION = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageUpdateAutomation
            metadata: {name: BRANCH, namespace: flux-system}
            spec:
              interval: 5m
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
    private final List<String> apps;
    private final List<String> branches = new ArrayList<>(List.of(BRANCH));
    private final DemoRegistry registry;
    private final DemoPush push;
    private final GitRemote fleet;
    private final DemoSecrets secrets = DemoSecrets.random(new SecureRandom());

    private Cluster(Path folder, List<String> apps, DemoRegistry registry, GitRemote fleet) {
        this.folder = folder;
        this.apps = apps;
        this.registry = registry;
        this.push = new DemoPush(registry.address());
        this.fleet = fleet;
    }

    /**
     * @param apps images; {@code my-app} has the examples' manifests, the others get some of the same shape
     */
    static Cluster create(Path folder, List<String> apps) throws IOException {
        GitRemote fleet = GitRemote.create(folder, "fleet");
        return create(folder, apps, fleet, fleet.url());
    }

    /** @param git serves {@code folder} */
    static Cluster create(Path folder, List<String> apps, GitHttpServer git) throws IOException {
        return create(folder, apps, GitRemote.create(folder, "fleet"), git.url("fleet.git"));
    }

    private static Cluster create(Path folder, List<String> apps, GitRemote fleet, URI url) throws IOException {
        Cluster cluster = new Cluster(folder, apps, DemoRegistry.start(folder.resolve("registry"), 0), fleet);
        StringBuilder deployments = new StringBuilder();
        Files.createDirectories(cluster.ownManifests());
        for (String app : apps) {
            deployments.append("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: NAME}
                    spec:
                      image: ghcr.io/my-org/NAME:1.0.0  # {"$imagepolicy": "flux-system:NAME"}
                    ---
                    """.replace("NAME", app));
            if (!app.equals("my-app")) {
                cluster.declare(app + ".yaml", MORE.replace("NAME", app));
            }
        }
        StringBuilder foundation =
                new StringBuilder(FOUNDATION.replace("URL", url.toString()).replace("TOKEN", cluster.secrets.token()));
        apps.forEach(app -> foundation.append(LISTED.replace("NAME", app)));
        cluster.declare("foundation.yaml", foundation.toString());
        String unused = cluster.fleet.commit("main", "begin", Map.of(DEPLOYMENTS, deployments.toString()));
        return cluster;
    }

    /** Has an image that is not the examples' own looked at more often than every five minutes. */
    void poll(String app, String interval) throws IOException {
        declare(app + ".yaml", MORE.replace("NAME", app).replace("interval: 5m", "interval: " + interval));
    }

    /** Adds automations that write to other branches, each in another partition than the branches before. */
    void addBranches(int count, int partitions) throws IOException {
        Set<Integer> taken = new HashSet<>(Set.of(partition(BRANCH, partitions)));
        for (int i = 0; taken.size() <= count; i++) {
            String branch = "updates-" + i;
            if (taken.add(partition(branch, partitions))) {
                branches.add(branch);
                declare(branch + ".yaml", AUTOMATION.replace("BRANCH", branch));
            }
        }
    }

    /** Where the log keeps a branch's state: whoever owns that partition writes the branch. */
    private int partition(String branch, int partitions) {
        String remote = fleet.folder().toString().replaceFirst("\\.git$", "");
        return Partitioning.partition(Topic.BRANCH_STATE, new Branch(remote, branch).text(), partitions);
    }

    Path ownManifests() {
        return folder.resolve("manifests");
    }

    /** Writes or replaces one of the own manifests. */
    void declare(String file, String text) throws IOException {
        Files.writeString(ownManifests().resolve(file), text);
    }

    List<Path> manifests() {
        Path examples = Programs.root().resolve("examples");
        return List.of(examples.resolve("git-based"), examples.resolve("gitless"), ownManifests());
    }

    Path state() {
        return folder.resolve("state");
    }

    GitRemote fleet() {
        return fleet;
    }

    URI registry() {
        return registry.address();
    }

    /** The registry tells this door of pushes from now on, and again when it does not answer. */
    void notify(URI http) {
        registry.notify(hook(http));
    }

    /** The Receiver's address at this door. */
    URI hook(URI http) {
        return secrets.hook(http);
    }

    void push(String app, String version) throws IOException, InterruptedException {
        String unused = push.push("my-org/" + app, version);
    }

    /** Whether both models show this version of all these images, on all branches. */
    boolean shows(Collection<String> images, String version) {
        return images.stream().allMatch(app -> rendered(app).equals(Optional.of(version)))
                && committed(images, version);
    }

    /** Whether the Git-based model shows this version of all these images, on all branches. */
    boolean committed(Collection<String> images, String version) {
        return branches.stream().map(this::committed).allMatch(found -> images.stream()
                .allMatch(app -> version.equals(found.get(app))));
    }

    List<String> branches() {
        return List.copyOf(branches);
    }

    /** Of the first branch. */
    String head() {
        return fleet.head(branches().getFirst());
    }

    /** Versions by image on a branch; none while there is no such branch. */
    private Map<String, String> committed(String branch) {
        Map<String, String> versions = new TreeMap<>();
        if (fleet.branches().contains(branch)) {
            Matcher image = IMAGE.matcher(fleet.read(branch, DEPLOYMENTS));
            while (image.find()) {
                versions.put(image.group("app"), image.group("version"));
            }
        }
        return versions;
    }

    Optional<String> rendered(String app) {
        return Effects.renderedTag(state().resolve("objects/flux-system/Kustomization/" + app + ".yaml"));
    }

    /** How many commits on a branch write this version of this image. */
    long commitsOf(String branch, String app, String version) {
        return fleet.messages(branch).stream()
                .filter(message ->
                        message.lines().anyMatch(line -> line.endsWith("ghcr.io/my-org/" + app + ":" + version)))
                .count();
    }

    /** For the description of a failure. */
    String situation() {
        StringBuilder text = new StringBuilder("rendered:");
        apps.forEach(app ->
                text.append(' ').append(app).append('=').append(rendered(app).orElse("-")));
        branches.forEach(branch -> text.append('\n').append(branch).append(": ").append(committed(branch)));
        return text.append('\n').toString();
    }

    @Override
    public void close() {
        push.close();
        registry.close();
    }
}

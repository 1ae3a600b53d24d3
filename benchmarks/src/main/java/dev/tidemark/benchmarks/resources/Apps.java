package dev.tidemark.benchmarks.resources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Manifests of many apps, a file each, ten in a namespace: an image that is not scanned, a policy, an automation and the
 * repository that it would write to, which is of a kind that is refused when it is planned. So nothing goes over a network.
 */
record Apps(Path manifests, Path state, int count) {

    private static final int IN_A_NAMESPACE = 10;

    void write() throws IOException {
        Files.createDirectories(manifests);
        for (int app = 0; app < count; app++) {
            Files.writeString(file(app), manifest(app, "1.x"));
        }
    }

    /** Another range for one policy. */
    void edit(int app, String range) throws IOException {
        Path draft = manifests.resolve(".draft");
        Files.writeString(draft, manifest(app, range));
        Files.move(draft, file(app), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the policy's status shows that the services know this range. */
    boolean knows(int app, String range) throws IOException {
        Path status = status("ImagePolicy", app);
        return Files.exists(status) && Files.readString(status).contains("range: " + range);
    }

    /** Whether every policy and every automation has a status. */
    boolean allKnown() {
        for (int app = count - 1; app >= 0; app--) {
            if (!Files.exists(status("ImagePolicy", app)) || !Files.exists(status("ImageUpdateAutomation", app))) {
                return false;
            }
        }
        return true;
    }

    private Path file(int app) {
        return manifests.resolve("app-" + app + ".yaml");
    }

    private Path status(String kind, int app) {
        return state.resolve("status/" + kind + "/" + namespace(app) + "/app-" + app + ".yaml");
    }

    private static String namespace(int app) {
        return "team-" + app / IN_A_NAMESPACE;
    }

    private static String manifest(int app, String range) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: app-%1$d, namespace: %2$s}
                spec: {image: registry.invalid/app-%1$d, interval: 1h, suspend: true}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app-%1$d, namespace: %2$s}
                spec: {imageRepositoryRef: {name: app-%1$d}, policy: {semver: {range: %3$s}}}
                ---
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: app-%1$d, namespace: %2$s}
                spec: {url: "https://git.invalid/app-%1$d", interval: 1h, ref: {branch: main}, provider: azure}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: app-%1$d, namespace: %2$s}
                spec:
                  interval: 1h
                  sourceRef: {kind: GitRepository, name: app-%1$d}
                  git:
                    commit: {author: {email: bot@example.org}}
                    push: {branch: main}
                """.formatted(app, namespace(app), range);
    }
}

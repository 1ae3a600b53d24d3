package dev.tidemark.systemtests;

import dev.tidemark.testkit.GitHttpServer;

/**
 * Manifests of one image behind a gate and one Git repository {@code fleet.git}, all objects named {@code app}.
 *
 * @param namespace of all objects
 * @param gate stands before the registry
 * @param git has the repository
 * @param interval of everything that has one
 */
record AppManifests(String namespace, Gate gate, GitHttpServer git, String interval) {

    /** The file with the image. */
    static final String FILE = "clusters/staging/app.yaml";

    /** Whom the gate lets through who may not come in without a password. */
    static final String USER = "robot";

    String image() {
        return gate.authority() + "/my-org/app";
    }

    /** The deployment with a marker. */
    String marked() {
        return deployment("  # {\"$imagepolicy\": \"" + namespace + ":app\"}");
    }

    String deployment(String comment) {
        return "kind: Deployment\nspec:\n  image: " + image() + ":1.0.0" + comment + "\n";
    }

    String secret(String password) {
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: registry-credentials, namespace: %s}
                type: kubernetes.io/dockerconfigjson
                stringData: {.dockerconfigjson: '%s'}
                """.formatted(namespace, gate.dockerConfig(USER, password));
    }

    String repository() {
        return repository("");
    }

    /** One that uses the Secret. */
    String repositoryWithSecret() {
        return repository(", secretRef: {name: registry-credentials}");
    }

    private String repository(String more) {
        return """
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: app, namespace: %s}
                spec: {image: "%s", interval: %s, insecure: true%s}
                """.formatted(namespace, image(), interval, more);
    }

    String policy(String range) {
        return """
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app, namespace: %s}
                spec:
                  imageRepositoryRef: {name: app}
                  policy: {semver: {range: "%s"}}
                """.formatted(namespace, range);
    }

    String automation() {
        return """
                ---
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: app, namespace: %1$s}
                spec: {interval: 5m, url: "%2$s", ref: {branch: main}}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: app, namespace: %1$s}
                spec:
                  interval: %3$s
                  sourceRef: {kind: GitRepository, name: app}
                  git:
                    checkout: {ref: {branch: main}}
                    commit:
                      author: {email: fluxcdbot@users.noreply.github.com, name: fluxcdbot}
                      messageTemplate: '{{range .Updated.Images}}{{println .}}{{end}}'
                    push: {branch: updates}
                  update: {path: ./clusters/staging, strategy: Setters}
                """.formatted(namespace, git.url("fleet.git"), interval);
    }

    /** One that uses the Secret. */
    String provider(String semver) {
        return """
                ---
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: app, namespace: %s}
                spec:
                  type: OCIArtifactTag
                  url: "oci://%s"
                  insecure: true
                  interval: %s
                  filter: {semver: "%s"}
                  secretRef: {name: registry-credentials}
                """.formatted(namespace, image(), interval, semver);
    }
}

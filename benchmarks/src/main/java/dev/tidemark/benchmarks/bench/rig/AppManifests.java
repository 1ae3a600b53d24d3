package dev.tidemark.benchmarks.bench.rig;

/** The texts that belong to apps. */
final class AppManifests {

    private AppManifests() {}

    /** Its interval is so long that routine polls do not come into what is measured. */
    static String image(String name, String registry) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: %1$s, namespace: apps}
                spec: {image: "%2$s/%1$s", interval: 12h, insecure: true}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: %1$s, namespace: apps}
                spec: {imageRepositoryRef: {name: %1$s}, policy: {semver: {range: ">=1.0.0"}}}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: %1$s, namespace: apps}
                spec:
                  type: generic
                  secretRef: {name: token}
                  resources: [{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, name: %1$s}]
                """.formatted(name, registry);
    }

    static String common(String token, String git) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: token, namespace: apps}
                stringData: {token: %s}
                ---
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: fleet, namespace: apps}
                spec: {interval: 30m, url: "%s/fleet.git", ref: {branch: main}}
                """.formatted(token, git);
    }

    static String automation(int group, String path) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: group-%d, namespace: apps}
                spec:
                  interval: 30m
                  sourceRef: {kind: GitRepository, name: fleet}
                  git:
                    checkout: {ref: {branch: main}}
                    commit: {author: {email: bench@example.org, name: bench}}
                    push: {branch: main}
                  update: {path: %s, strategy: Setters}
                """.formatted(group, path);
    }

    static String deployment(String name, String registry, String tag) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  template:
                    spec:
                      containers:
                      - name: app
                        image: %2$s/%1$s:%3$s # {"$imagepolicy": "apps:%1$s"}
                """.formatted(name, registry, tag);
    }

    /** As Docker Hub sends it, on one line. */
    static String webhook(String name, String tag) {
        return """
                {"callback_url":"https://registry.example/u/%1$s/hook","push_data":{"pushed_at":1417566161,\
                "pusher":"ci","tag":"%2$s"},"repository":{"name":"%1$s","namespace":"","owner":"ci",\
                "repo_name":"%1$s","repo_url":"https://registry.example/%1$s","status":"Active"}}""".formatted(name, tag);
    }
}

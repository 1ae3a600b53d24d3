package dev.tidemark.systemtests;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Manifests with a canary wherever a secret can stand, all of which lead to a hostile server. */
final class ManifestsOfSecrets {

    /** Types of Providers that take a token. */
    static final List<String> CHATS = List.of("slack", "matrix", "alertmanager");

    private final Canaries canaries;
    private final String host;
    private final StringBuilder manifests = new StringBuilder();
    private final List<String> failing = new ArrayList<>();

    ManifestsOfSecrets(Canaries canaries, String host) {
        this.canaries = canaries;
        this.host = host;
        registries();
        gitServers();
        receivers();
        chats();
        unreadable();
    }

    String text() {
        return manifests.toString();
    }

    /** What cannot be ready with these, {@code Kind/name}. */
    List<String> failing() {
        return List.copyOf(failing);
    }

    private void registries() {
        String password = canaries.add("password of a registry");
        pullSecret("pull", "robot", password);
        for (String image : List.of("unauthorized", "refused", "broken", "redirect", "with-bearer")) {
            repository(image, host + "/apps/" + image, "pull");
        }
        // Base64 that is none, as an editor leaves it behind (case 07)
        String notEncoded = canaries.add("data of a Secret that is not Base64");
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: not-encoded, namespace: apps}
                type: kubernetes.io/dockerconfigjson
                data: {.dockerconfigjson: '{"auths": "%s"}'}
                """.formatted(notEncoded));
        repository("not-encoded", host + "/apps/not-encoded", "not-encoded");
        String key = canaries.addPlain("line of a TLS key");
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: client-key, namespace: apps}
                stringData:
                  tls.crt: none
                  tls.key: |
                    -----BEGIN PRIVATE KEY-----
                    %s
                    -----END PRIVATE KEY-----
                """.formatted(key));
        add("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: client-key, namespace: apps}
                spec: {image: "%s/apps/key", interval: 1m, certSecretRef: {name: client-key}}
                """.formatted(host));
        failing.add("ImageRepository/client-key");
    }

    private void gitServers() {
        String password = canaries.add("password of a Git server");
        secret("git-basic", "username: git-robot", "password: '" + password + "'");
        for (String place : List.of("unauthorized", "refused", "broken", "redirect")) {
            automation("git-" + place, "http://" + host + "/" + place + ".git", "git-basic");
        }
        secret("git-bearer", "bearerToken: " + canaries.addPlain("token of a Git server"));
        automation("git-token", "http://" + host + "/refused-token.git", "git-bearer");
        automation("git-ssh", "ssh://git:" + canaries.addPlain("password in an SSH URL") + "@127.0.0.1:1/x.git", "");
        automation(
                "git-url",
                "http://me:" + canaries.addPlain("password in an HTTP URL") + "@" + host + "/refused.git",
                "");
        String identity = canaries.addPlain("line of an SSH key");
        secret(
                "git-key",
                "identity: \"-----BEGIN KEY-----\\n" + identity + "\\n-----END KEY-----\"",
                "known_hosts: none");
        automation("git-key", "ssh://git@127.0.0.1:1/y.git", "git-key");
    }

    private void receivers() {
        for (String type : List.of("generic", "generic-hmac", "github", "gitlab", "harbor")) {
            secret("hook-" + type, "token: '" + canaries.add("token of a Receiver, " + type) + "'");
            add("""
                    apiVersion: notification.toolkit.fluxcd.io/v1
                    kind: Receiver
                    metadata: {name: hook-%1$s, namespace: apps}
                    spec:
                      type: %1$s
                      secretRef: {name: hook-%1$s}
                      resources: [{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, name: refused}]
                    """.formatted(type));
        }
    }

    /** Whom events are told to; each of them refuses, and repeats what it was sent. */
    private void chats() {
        for (String type : CHATS) {
            secret(
                    "chat-" + type,
                    "token: '" + canaries.addPlain("token of a Provider, " + type) + "'",
                    "address: 'http://" + host + "/" + canaries.addPlain("address of a Provider, " + type)
                            + "/refused'");
            add("""
                    apiVersion: notification.toolkit.fluxcd.io/v1beta3
                    kind: Provider
                    metadata: {name: %1$s, namespace: apps}
                    spec: {type: %1$s, channel: c, secretRef: {name: chat-%1$s}}
                    ---
                    apiVersion: notification.toolkit.fluxcd.io/v1beta3
                    kind: Alert
                    metadata: {name: %1$s, namespace: apps}
                    spec: {providerRef: {name: %1$s}, eventSources: [{kind: ImageRepository, name: refused}]}
                    """.formatted(type));
        }
    }

    /** What is in the folder and is not for us: encrypted files, and Secrets that no manifest can be. */
    private void unreadable() {
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: encrypted, namespace: apps}
                stringData: {token: "ENC[AES256_GCM,data:%s,iv:x,tag:y,type:str]"}
                sops: {age: [{enc: "%s"}]}
                """.formatted(canaries.addPlain("data that SOPS encrypted"), canaries.addPlain("key that SOPS encrypted")));
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: odd, namespace: apps}
                stringData: {password: {nested: "%s"}}
                """.formatted(canaries.addPlain("value that is no text")));
    }

    private void repository(String name, String image, String secret) {
        add("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: %s, namespace: apps}
                spec: {image: "%s", interval: 1m, insecure: true, secretRef: {name: %s}}
                """.formatted(name, image, secret));
        failing.add("ImageRepository/" + name);
    }

    private void automation(String name, String url, String secret) {
        add("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: %1$s, namespace: apps}
                spec: {interval: 1m, url: "%2$s", ref: {branch: main}%3$s}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: %1$s, namespace: apps}
                spec:
                  interval: 1m
                  sourceRef: {kind: GitRepository, name: %1$s}
                  git:
                    checkout: {ref: {branch: main}}
                    commit: {author: {email: fluxcdbot@users.noreply.github.com, name: fluxcdbot}}
                    push: {branch: main}
                  update: {path: ./, strategy: Setters}
                """.formatted(name, url, secret.isEmpty() ? "" : ", secretRef: {name: " + secret + "}"));
        failing.add("ImageUpdateAutomation/" + name);
    }

    private void pullSecret(String name, String user, String password) {
        String json =
                "{\"auths\":{\"" + host + "\":{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}}}";
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: apps}
                type: kubernetes.io/dockerconfigjson
                data: {.dockerconfigjson: %s}
                """.formatted(name, Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8))));
    }

    private void secret(String name, String... entries) {
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: apps}
                stringData:
                  %s
                """.formatted(name, String.join("\n  ", entries)));
    }

    private void add(String document) {
        manifests.append(document).append("---\n");
    }
}

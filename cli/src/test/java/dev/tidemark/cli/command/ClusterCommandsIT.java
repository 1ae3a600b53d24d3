package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work on a cluster, on a real API server. Nothing runs beside it: what services write is written by hand. */
class ClusterCommandsIT {

    private final ApiServer server = ApiServer.shared();
    private final String namespace = server.namespace();

    @TempDir
    private Path folder;

    @BeforeEach
    void declare() {
        server.installDefinitions();
        apply("""
                apiVersion: image.toolkit.fluxcd.io/v1beta2
                kind: ImageRepository
                metadata: {name: my-app}
                spec: {image: ghcr.io/my-org/my-app, interval: 5m}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: my-app, labels: {team: a}}
                spec:
                  imageRepositoryRef: {name: my-app}
                  policy: {semver: {range: 1.x}}
                """);
    }

    private void apply(String manifests) {
        server.admin().apply(manifests, "-n", namespace);
    }

    private void status(String kind, String name, String status) {
        server.kubectl(
                "patch",
                kind,
                name,
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":" + status + "}");
    }

    private Ran run(String arguments) {
        return as(server.kubeconfig(), arguments);
    }

    private static Ran as(Path kubeconfig, String arguments) {
        List<String> words = new ArrayList<>(List.of(arguments.split(" ")));
        words.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        return Ran.command(words.toArray(String[]::new));
    }

    @Test
    void getShowsWhatTheApiServerHas() {
        status("imagepolicy", "my-app", """
                {"latestRef":{"name":"ghcr.io/my-org/my-app","tag":"1.4.2"},
                 "conditions":[{"type":"Ready","status":"True","reason":"Succeeded","message":"resolved to 1.4.2",
                                "lastTransitionTime":"2026-01-02T03:04:05Z"}]}""");
        Ran all = run("get all -n " + namespace);
        assertThat(all.err()).isEmpty();
        assertThat(all.out())
                .contains("ghcr.io/my-org/my-app")
                .contains("1.4.2")
                .contains("resolved to 1.4.2");
        assertThat(run("get imgpol my-app -n " + namespace + " -o jsonpath={.status.latestRef.tag}")
                        .out())
                .isEqualTo("1.4.2");
        assertThat(run("get imagepolicies -A -l team=a --no-headers").out()).contains(namespace);
        assertThat(run("get imgpol my-app -n " + namespace + " -o yaml").out())
                .contains("apiVersion: image.toolkit.fluxcd.io/v1\n")
                .doesNotContain("managedFields");
    }

    @Test
    void whatAResourceSetRenderedIsFoundByItsKind() {
        apply("""
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: apps}
                spec: {resources: []}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                """);
        status(
                "resourceset",
                "apps",
                "{\"inventory\":{\"entries\":[{\"id\":\"" + namespace + "_settings__ConfigMap\",\"v\":\"v1\"}]}}");
        assertThat(run("get configmap -n " + namespace).out()).contains("settings");
    }

    @Test
    void describeShowsEventsToo() {
        apply(event("ImagePolicy", "my-app"));
        assertThat(run("describe imagepolicy my-app -n " + namespace).out())
                .contains("ImagePolicy")
                .contains("it happened");
        assertThat(run("events -n " + namespace).out()).contains("it happened");
        assertThat(run("events -n " + namespace + " --for imagerepository/my-app")
                        .err())
                .contains("No events found");
    }

    private String event(String kind, String name) {
        return """
                apiVersion: v1
                kind: Event
                metadata: {name: happened}
                involvedObject: {apiVersion: image.toolkit.fluxcd.io/v1, kind: %s, namespace: %s, name: %s}
                type: Normal
                reason: Succeeded
                message: it happened
                count: 3
                source: {component: policy-evaluator}
                firstTimestamp: 2026-01-02T03:04:05Z
                lastTimestamp: 2026-01-02T03:05:05Z
                """.formatted(kind, namespace, name);
    }

    @Test
    void whatAnotherControllerWorksOnIsInItsShadow() {
        server.kubectl(
                "patch",
                "imagepolicy",
                "my-app",
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "--field-manager=image-reflector-controller",
                "-p",
                """
                {"status":{"conditions":[{"type":"Ready","status":"True","reason":"Succeeded","message":"theirs",
                                          "lastTransitionTime":"2026-01-02T03:04:05Z"}]}}""");
        apply("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: a-new-one}
                spec:
                  imageRepositoryRef: {name: my-app}
                  policy: {semver: {range: 1.x}}
                """);
        String status = run("status").out();
        assertThat(status)
                .containsPattern(
                        "ImagePolicy " + namespace + "/my-app +in the shadow of image-reflector-controller: theirs")
                .containsPattern("ImagePolicy " + namespace + "/a-new-one +in the shadow of image-reflector-controller")
                .contains("unless it runs with TIDEMARK_KUBERNETES_TAKE_OVER=true");
        assertThat(run("describe imagepolicy my-app -n " + namespace).out())
                .contains("in the shadow of image-reflector-controller");
        assertThat(run("describe imagerepository my-app -n " + namespace).out()).doesNotContain("shadow");
        assertThat(run("get imgpol my-app -n " + namespace + " -o yaml").out()).doesNotContain("shadow");
        server.kubectl("delete", "imagepolicy", "-n", namespace, "--all");
    }

    @Test
    void suspendAndResumeAreWhatKubectlSees() {
        assertThat(run("suspend imagerepository my-app -n " + namespace).out()).contains("suspended");
        assertThat(jsonPath("imagerepository", "{.spec.suspend}")).isEqualTo("true");
        assertThat(run("status").out()).contains("ImageRepository " + namespace + "/my-app");
        assertThat(run("resume imagerepository my-app -n " + namespace).out()).contains("resumed");
        assertThat(jsonPath("imagerepository", "{.spec.suspend}")).isEqualTo("false");

        apply("""
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: tags}
                spec: {type: OCIArtifactTag, url: "oci://ghcr.io/my-org/my-app"}
                """);
        run("suspend rsip tags -n " + namespace);
        assertThat(server.kubectl(
                        "get",
                        "rsip",
                        "tags",
                        "-n",
                        namespace,
                        "-o",
                        "jsonpath={.metadata.annotations.fluxcd\\.controlplane\\.io/reconcile}"))
                .isEqualTo("disabled");
    }

    private String jsonPath(String kind, String path) {
        return server.kubectl("get", kind, "my-app", "-n", namespace, "-o", "jsonpath=" + path);
    }

    @Test
    void reconcileWaitsForTheAnswer() throws Exception {
        CompletableFuture<Ran> asked =
                CompletableFuture.supplyAsync(() -> run("reconcile imagerepository my-app -n " + namespace));
        Awaitility.await().until(() -> !requested().isEmpty());
        assertThat(asked).isNotDone();
        status("imagerepository", "my-app", """
                {"lastHandledReconcileAt":"%s",
                 "conditions":[{"type":"Ready","status":"True","reason":"Succeeded","message":"found 3 tags",
                                "lastTransitionTime":"2026-01-02T03:04:05Z"}]}""".formatted(requested()));
        Ran ran = asked.get();
        assertThat(ran.err()).contains("asked for");
        assertThat(ran.code()).isZero();
    }

    /** A policy works from what the scan finds: it is asked for when that has answered. */
    @Test
    void withItsSourceAPolicyIsAskedForAfterTheScan() throws Exception {
        CompletableFuture<Ran> asked =
                CompletableFuture.supplyAsync(() -> run("reconcile image policy my-app --with-source -n " + namespace));
        Awaitility.await().until(() -> !requested().isEmpty());
        assertThat(requested("imagepolicy")).isEmpty();
        answer("imagerepository", requested());
        Awaitility.await().until(() -> !requested("imagepolicy").isEmpty());
        assertThat(asked).isNotDone();
        answer("imagepolicy", requested("imagepolicy"));

        assertThat(asked.get().out().lines())
                .containsExactly(
                        "ImageRepository " + namespace + "/my-app: done", "ImagePolicy " + namespace + "/my-app: done");
    }

    /** Only where Flux's source-controller serves it somebody answers. */
    @Test
    void withItsSourceAnAutomationWaitsForWhoFetchesIt() throws Exception {
        apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: my-app}
                spec: {url: https://git.example/fleet, interval: 5m}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: my-app}
                spec:
                  interval: 5m
                  sourceRef: {kind: GitRepository, name: my-app}
                  git: {commit: {author: {email: a@b.example}}}
                """);
        String reconcile = "reconcile iua my-app --with-source -n " + namespace;
        CompletableFuture<Ran> unserved = CompletableFuture.supplyAsync(() -> run(reconcile));
        Awaitility.await().until(() -> !requested("imageupdateautomation").isEmpty());
        answer("imageupdateautomation", requested("imageupdateautomation"));
        assertThat(unserved.get().err()).contains("my-app is fetched by each run of the automation");
        assertThat(unserved.get().code()).isZero();

        answer("gitrepository", "");
        CompletableFuture<Ran> served = CompletableFuture.supplyAsync(() -> run(reconcile));
        Awaitility.await().until(() -> !requested("gitrepository").isEmpty());
        answer("gitrepository", requested("gitrepository"));
        Awaitility.await().until(() -> {
            answer("imageupdateautomation", requested("imageupdateautomation"));
            return served.isDone();
        });
        assertThat(served.get().out().lines())
                .containsExactly(
                        "GitRepository " + namespace + "/my-app: done",
                        "ImageUpdateAutomation " + namespace + "/my-app: done");
    }

    private void answer(String kind, String request) {
        status(kind, "my-app", """
                {"lastHandledReconcileAt":"%s",
                 "conditions":[{"type":"Ready","status":"True","reason":"Succeeded","message":"done",
                                "lastTransitionTime":"2026-01-02T03:04:05Z"}]}""".formatted(request));
    }

    private String requested() {
        return requested("imagerepository");
    }

    private String requested(String kind) {
        return jsonPath(kind, "{.metadata.annotations.reconcile\\.fluxcd\\.io/requestedAt}");
    }

    @Test
    void doctorSaysWhatTheDefinitionsDoNotAllow() {
        assertThat(run("doctor").out()).contains("All kinds are served");
        server.kubectl("patch", "crd", "imagepolicies.image.toolkit.fluxcd.io", "--type=json", "-p", """
                [{"op": "remove", "path": "%1$s/spec/properties/digestReflectionPolicy"},
                 {"op": "remove", "path": "%1$s/spec/x-kubernetes-validations"},
                 {"op": "remove", "path": "%1$s/status/properties/latestImage"}]""".formatted(
                        "/spec/versions/0/schema/openAPIV3Schema/properties"));
        try {
            Ran ran = run("doctor");
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("ImagePolicy: spec.digestReflectionPolicy cannot be set")
                    .contains("ImagePolicy: status.latestImage is dropped");
        } finally {
            server.install(Path.of(System.getProperty("tidemark.root")).resolve("deploy/crds"));
        }
    }

    @Test
    void uninstallTakesOurFinalizersAwayAndNoOthers() {
        server.admin().apply("""
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: kept, namespace: %s, finalizers: [finalizers.tidemark.dev/objects, example.com/other]}
                spec: {resourcesTemplate: "a: b"}
                """.formatted(namespace));
        assertThat(Ran.command("uninstall").err()).contains("which cluster");
        assertThat(run("uninstall").out()).contains("ResourceSet/" + namespace + "/kept released");
        assertThat(server.kubectl(
                        "get", "resourceset", "kept", "-n", namespace, "-o", "jsonpath={.metadata.finalizers[*]}"))
                .isEqualTo("example.com/other");
    }

    @Test
    void whoMayNotIsToldSo() {
        server.serviceAccount(namespace, "nobody");
        Ran ran = as(server.kubeconfig(namespace, "nobody"), "get imgpol -n " + namespace);
        assertThat(ran.code()).isNotZero();
        assertThat(ran.err())
                .contains("forbidden")
                .contains("nobody")
                .contains("your user may not")
                .doesNotContain("unexpected");
        assertThat(as(server.kubeconfig(namespace, "nobody"), "doctor").err())
                .contains("your user may not read definitions")
                .doesNotContain("IOException");
    }

    @Test
    void whoIsNotKnownIsToldSo() throws IOException {
        server.serviceAccount(namespace, "somebody");
        Path known = server.kubeconfig(namespace, "somebody");
        Path unknown = folder.resolve("unknown");
        Files.writeString(unknown, Files.readString(known).replaceAll("eyJ[\\w-]+\\.[\\w.-]+", "expired"));
        for (String command : List.of("get imgpol -n " + namespace, "status", "uninstall", "doctor")) {
            assertThat(as(unknown, command).err())
                    .as(command)
                    .contains("the API server does not know your user")
                    .doesNotContain("unexpected", "IOException");
        }
    }

    @Test
    void aKubeconfigOrContextThatIsNotThereIsNamed() {
        assertThat(as(folder.resolve("none"), "get all").err()).contains("there is no kubeconfig");
        assertThat(run("get all --context elsewhere").err()).contains("has no context 'elsewhere'");
        assertThat(run("get all --state " + folder).err()).contains("a state folder or a cluster");
    }

    @Test
    void anApiServerThatIsAwayIsNamed() {
        server.stop();
        try {
            Ran ran = run("get imgpol -n " + namespace);
            assertThat(ran.code()).isNotZero();
            assertThat(ran.err()).contains("does not answer").doesNotContain("unexpected");
        } finally {
            server.start();
        }
    }
}

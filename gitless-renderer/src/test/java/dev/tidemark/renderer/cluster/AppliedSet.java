package dev.tidemark.renderer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.apply.Inventory;
import dev.tidemark.renderer.domain.apply.Remembered;
import dev.tidemark.renderer.domain.apply.SetTerms;
import dev.tidemark.renderer.domain.apply.WaitRules;
import dev.tidemark.renderer.domain.render.RenderedStep;
import dev.tidemark.testkit.kube.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One set of a namespace of its own, in a real API server with RBAC on. */
abstract class AppliedSet {

    final List<String> requests = new CopyOnWriteArrayList<>();
    final Remembered remembered = new Remembered();

    ApiServer server;
    String namespace;
    Owner owner;
    KubernetesClient client;
    ClusterObjectStore store;
    SetTerms terms;
    Inventory before = Inventory.EMPTY;

    @BeforeEach
    void start() throws IOException {
        server = ApiServer.shared();
        namespace = server.namespace();
        owner = new Owner(namespace, "set");
        terms = SetTerms.unknown(owner);
        client = client(server.kubeconfig());
        store = new ClusterObjectStore(client, "", Clock.systemUTC());
    }

    KubernetesClient client(Path kubeconfig) throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("count", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        requests.add(request.method() + " " + request.uri().getPath()
                                + (String.valueOf(request.uri().getQuery()).contains("dryRun=All") ? " dry" : ""));
                    }
                }))
                .build();
    }

    @AfterEach
    void end() {
        client.close();
    }

    void grant(String account) {
        server.kubectl(
                "create", "role", account, "-n", namespace, "--verb=get,create,patch,delete", "--resource=configmaps");
        server.kubectl(
                "create",
                "rolebinding",
                account,
                "-n",
                namespace,
                "--role=" + account,
                "--serviceaccount=" + namespace + ':' + account);
    }

    void status(int replicas, int available) {
        server.kubectl(
                "patch",
                "deployment",
                "web",
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "-p",
                """
                {"status": {"observedGeneration": 1, "replicas": %d, "updatedReplicas": %d, "readyReplicas": %d,
                  "availableReplicas": %d, "conditions": [
                    {"type": "Available", "status": "True"},
                    {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"}]}}
                """.formatted(replicas, replicas, available, available));
    }

    KubeObject deployment() {
        return object("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: %s}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: web, image: "registry.example.com/web:1", ports: [{containerPort: 80}]}]}
                """.formatted(namespace));
    }

    static KubeObject definition(String group) {
        return object("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: things.%s}
                spec:
                  group: %s
                  names: {kind: Thing, plural: things}
                  scope: Namespaced
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
                """.formatted(group, group));
    }

    KubeObject config(String name, String value) {
        return object("{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: %s}, data: {k: '%s'}}"
                        .formatted(name, namespace, value))
                .with(owner.labels(false), Map.of());
    }

    static KubeObject object(String yaml) {
        return Samples.object(yaml);
    }

    Applier.Outcome looking(KubeObject... all) throws InterruptedException {
        return run(remembered, false, WaitRules.NONE, all);
    }

    Applier.Outcome trusting(KubeObject... all) throws InterruptedException {
        return run(remembered, true, WaitRules.NONE, all);
    }

    Applier.Outcome run(Remembered known, boolean trusting, WaitRules rules, KubeObject... all)
            throws InterruptedException {
        List<RenderedStep> steps = List.of(new RenderedStep("", List.of(all)));
        Applier.Outcome outcome = new Applier(store, Clock.systemUTC())
                .apply(new Applier.Wanted(terms, steps, rules, before), known, trusting, () -> true);
        if (outcome instanceof Applier.Outcome.Applied(Inventory inventory, List<String> changes)) {
            before = inventory;
            return new Applier.Outcome.Applied(Inventory.EMPTY, changes);
        }
        return outcome;
    }

    /** @param changes of ConfigMaps of the test's namespace */
    Applier.Outcome changes(String... changes) {
        return new Applier.Outcome.Applied(
                Inventory.EMPTY,
                List.of(changes).stream()
                        .map(change -> "ConfigMap/" + namespace + '/' + change)
                        .toList());
    }

    static String failure(Applier.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Applier.Outcome.Failed.class);
        return ((Applier.Outcome.Failed) outcome).message();
    }

    String configMap(String name) {
        return "/api/v1/namespaces/" + namespace + "/configmaps/" + name;
    }

    String get(String kind, String name, String path) {
        return server.kubectl("get", kind, name, "-n", namespace, "-o", "jsonpath=" + path);
    }
}

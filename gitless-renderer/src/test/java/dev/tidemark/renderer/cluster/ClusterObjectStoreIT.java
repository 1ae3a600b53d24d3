package dev.tidemark.renderer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.apply.Inventory;
import dev.tidemark.renderer.domain.apply.Remembered;
import dev.tidemark.renderer.domain.apply.WaitRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a ResourceSet rendered becomes what is there. */
class ClusterObjectStoreIT extends AppliedSet {

    @Test
    void createsAndConfiguresAndLeavesAlone() throws InterruptedException {
        assertThat(looking(config("a", "1"))).isEqualTo(changes("a created"));
        assertThat(get("configmap", "a", "{.data.k}")).isEqualTo("1");
        assertThat(get("configmap", "a", "{.metadata.managedFields[*].manager}"))
                .isEqualTo("flux-operator");
        assertThat(looking(config("a", "2"))).isEqualTo(changes("a configured"));
        requests.clear();

        assertThat(looking(config("a", "2"))).isEqualTo(changes());
        assertThat(requests).containsExactly("GET " + configMap("a"));
        requests.clear();
        assertThat(trusting(config("a", "2"))).isEqualTo(changes());
        assertThat(requests).isEmpty();
    }

    /** A restart has seen nothing yet. */
    @Test
    void whatAnEarlierProcessAppliedIsNotChanged() throws InterruptedException {
        looking(config("a", "1"));
        String version = get("configmap", "a", "{.metadata.resourceVersion}");

        assertThat(run(new Remembered(), false, WaitRules.NONE, config("a", "1")))
                .isEqualTo(changes());
        assertThat(get("configmap", "a", "{.metadata.resourceVersion}")).isEqualTo(version);
    }

    @Test
    void oneChangeOfManyIsOneWrite() throws InterruptedException {
        looking(config("a", "1"), config("b", "1"), config("c", "1"));
        requests.clear();

        assertThat(trusting(config("a", "1"), config("b", "2"), config("c", "1")))
                .isEqualTo(changes("b configured"));
        assertThat(requests).containsExactly("PATCH " + configMap("b"));
    }

    @Test
    void whatKubectlSetBecomesOurs() throws InterruptedException {
        server.admin().apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, namespace: %s}
                data: {k: theirs, more: theirs}
                """.formatted(namespace));

        assertThat(looking(config("a", "ours"))).isEqualTo(changes("a configured"));

        assertThat(get("configmap", "a", "{.data}")).isEqualTo("{\"k\":\"ours\"}");
        assertThat(get("configmap", "a", "{.metadata.annotations}")).isEmpty();
        assertThat(get("configmap", "a", "{.metadata.managedFields[*].manager}"))
                .isEqualTo("flux-operator");
        assertThat(looking(config("a", "ours"))).isEqualTo(changes());
    }

    @Test
    void aFieldThatAnotherApplierOwnsIsTaken() throws InterruptedException {
        server.admin().apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, namespace: %s}
                data: {k: theirs, more: theirs}
                """.formatted(namespace), "--server-side", "--field-manager=argocd");

        looking(config("a", "ours"));

        assertThat(get("configmap", "a", "{.data}")).isEqualTo("{\"k\":\"ours\",\"more\":\"theirs\"}");
    }

    @Test
    void driftIsCorrectedByTheNextRunThatLooks() throws InterruptedException {
        looking(config("a", "1"));
        server.kubectl("patch", "configmap", "a", "-n", namespace, "--type=merge", "-p", "{\"data\":{\"k\":\"x\"}}");

        assertThat(trusting(config("a", "1"))).isEqualTo(changes());
        assertThat(looking(config("a", "1"))).isEqualTo(changes("a configured"));
        assertThat(get("configmap", "a", "{.data.k}")).isEqualTo("1");

        server.kubectl("delete", "configmap", "a", "-n", namespace);
        assertThat(looking(config("a", "1"))).isEqualTo(changes("a created"));
    }

    @Test
    void prunesWhatLeftTheSetAndStillIsItsOwn() throws InterruptedException {
        looking(config("a", "1"), config("b", "1"), config("kept", "1"), config("given", "1"));
        server.kubectl("annotate", "configmap", "kept", "-n", namespace, "fluxcd.controlplane.io/prune=disabled");
        server.kubectl(
                "label",
                "configmap",
                "given",
                "-n",
                namespace,
                "--overwrite",
                "resourceset.fluxcd.controlplane.io/name=other");

        assertThat(looking(config("a", "1"))).isEqualTo(changes("b deleted"));
        assertThat(server.kubectl("get", "configmaps", "-n", namespace, "-o", "name"))
                .isEqualTo("configmap/a\nconfigmap/given\nconfigmap/kept\n");
    }

    @Test
    void aDefinitionAndItsObjectAreOneSet() throws InterruptedException {
        String group = namespace + ".example.com";
        KubeObject thing = object("""
                {apiVersion: %s/v1, kind: Thing, metadata: {name: t, namespace: %s}, spec: {size: 1}}""".formatted(group, namespace));
        assertThat(failure(looking(thing)))
                .isEqualTo("Thing/" + namespace + "/t: no kind Thing in version " + group
                        + "/v1: install its CRD first, or correct apiVersion and kind");

        Applier.Outcome last = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> trusting(thing, definition(group)), Applier.Outcome.Applied.class::isInstance);

        assertThat(last).isInstanceOf(Applier.Outcome.Applied.class);
        assertThat(get("things." + group, "t", "{.spec.size}")).isEqualTo("1");
        assertThat(looking(thing, definition(group))).isEqualTo(changes());
    }

    @Test
    void aDefinitionThatIsGoneHasNoObjectsToDelete() throws InterruptedException {
        before = Inventory.of(List.of(object("""
                {apiVersion: gone.example.com/v1, kind: Thing, metadata: {name: t, namespace: %s}}""".formatted(namespace))));

        assertThat(looking()).isEqualTo(changes());
    }

    @Test
    void waitsForADeployment() throws InterruptedException {
        WaitRules rules = new WaitRules(true, Duration.ofMinutes(5), Map.of());
        KubeObject deployment = deployment();
        assertThat(run(remembered, false, rules, deployment)).isInstanceOf(Applier.Outcome.Waiting.class);
        status(1, 0);
        assertThat(run(remembered, true, rules, deployment))
                .isInstanceOfSatisfying(Applier.Outcome.Waiting.class, waiting -> assertThat(waiting.message())
                        .isEqualTo("waiting for Deployment/" + namespace + "/web: 0 of 1 replicas are available"));
        requests.clear();

        status(1, 1);
        assertThat(run(remembered, true, rules, deployment)).isInstanceOf(Applier.Outcome.Applied.class);
        assertThat(requests).containsExactly("GET /apis/apps/v1/namespaces/" + namespace + "/deployments/web");
        requests.clear();
        assertThat(run(remembered, false, rules, deployment)).isEqualTo(changes());
        assertThat(requests).hasSize(1);
    }
}

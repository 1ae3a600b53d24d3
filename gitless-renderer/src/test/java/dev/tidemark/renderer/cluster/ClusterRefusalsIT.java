package dev.tidemark.renderer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.apply.Inventory;
import dev.tidemark.renderer.domain.apply.SetTerms;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an API server says no to, and what is said of it. */
class ClusterRefusalsIT extends AppliedSet {

    @Test
    void anAccountWithoutTheRightIsTold() throws InterruptedException {
        server.serviceAccount(namespace, "deployer");
        terms = new SetTerms(owner, "deployer", false);

        assertThat(failure(looking(config("a", "1"))))
                .isEqualTo("ConfigMap/" + namespace + "/a: the service account " + namespace
                        + "/deployer may not get configmaps in the namespace " + namespace
                        + ": make the account if it is missing, and bind a Role to it that has the verbs get, create, patch and delete on configmaps of the API"
                        + " group \"\"");

        grant("deployer");
        assertThat(looking(config("a", "1"))).isEqualTo(changes("a created"));
    }

    @Test
    void whatMayBeDeletedGoesAndTheRestIsNamed() throws InterruptedException {
        server.serviceAccount(namespace, "deployer");
        grant("deployer");
        terms = new SetTerms(owner, "deployer", false);
        looking(config("a", "1"));
        before = before.union(Inventory.of(List.of(object("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: default}}"""))));

        assertThat(looking()).isInstanceOfSatisfying(Applier.Outcome.PruneDenied.class, denied -> {
            assertThat(denied.left()).extracting(ObjectId::toString).containsExactly("ConfigMap/default/b");
            assertThat(denied.message()).contains("may not get configmaps in the namespace default");
        });
        assertThat(server.kubectl("get", "configmaps", "-n", namespace, "-o", "name"))
                .isEmpty();

        server.kubectl("delete", "rolebinding", "deployer", "-n", namespace);
        server.kubectl("delete", "serviceaccount", "deployer", "-n", namespace);
        assertThat(looking()).isInstanceOf(Applier.Outcome.PruneDenied.class);
    }

    @Test
    void anAccountMayNoMoreThanItsRoleSays() throws InterruptedException {
        server.serviceAccount(namespace, "deployer");
        grant("deployer");
        terms = new SetTerms(owner, "deployer", false);
        KubeObject elsewhere = object("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default}}""");

        assertThat(failure(looking(config("a", "1"), elsewhere)))
                .contains("may not get configmaps in the namespace default");
        assertThat(server.kubectl("get", "configmaps", "-n", namespace, "-o", "name"))
                .isEmpty();
    }

    @Test
    void theDefaultAccountActsForWhoNamesNone() throws InterruptedException {
        server.serviceAccount(namespace, "tenant");
        store = new ClusterObjectStore(client, "tenant", Clock.systemUTC());

        assertThat(failure(looking(config("a", "1")))).contains("the service account " + namespace + "/tenant may not");
    }

    @Test
    void whoeverMayNotImpersonateIsTold() throws InterruptedException, IOException {
        server.serviceAccount(namespace, "renderer");
        server.serviceAccount(namespace, "deployer");
        terms = new SetTerms(owner, "deployer", false);
        try (KubernetesClient powerless = client(server.kubeconfig(namespace, "renderer"))) {
            store = new ClusterObjectStore(powerless, "", Clock.systemUTC());

            assertThat(failure(looking(config("a", "1"))))
                    .contains("may not act as the service account " + namespace + "/deployer")
                    .contains("the verb impersonate on serviceaccounts");
        }
    }

    /** The right to act as any group would be the right to act as an administrator. */
    @Test
    void theRightToActAsServiceAccountsIsEnough() throws InterruptedException, IOException {
        server.serviceAccount(namespace, "renderer");
        server.serviceAccount(namespace, "deployer");
        grant("deployer");
        server.kubectl("create", "role", "acts", "-n", namespace, "--verb=impersonate", "--resource=serviceaccounts");
        server.kubectl(
                "create",
                "rolebinding",
                "acts",
                "-n",
                namespace,
                "--role=acts",
                "--serviceaccount=" + namespace + ":renderer");
        terms = new SetTerms(owner, "deployer", false);
        try (KubernetesClient renderer = client(server.kubeconfig(namespace, "renderer"))) {
            store = new ClusterObjectStore(renderer, "", Clock.systemUTC());

            assertThat(looking(config("a", "1"))).isEqualTo(changes("a created"));
        }
    }

    @Test
    void aFieldThatCannotChangeNeedsForce() throws InterruptedException {
        KubeObject first = object("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}, immutable: true, data: {k: a}}""".formatted(namespace));
        KubeObject second = object("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}, immutable: true, data: {k: b}}""".formatted(namespace));
        looking(first);
        String uid = get("configmap", "a", "{.metadata.uid}");

        assertThat(failure(looking(second))).contains("immutable").contains("fluxcd.controlplane.io/force: enabled");
        assertThat(get("configmap", "a", "{.metadata.uid}")).isEqualTo(uid);

        terms = new SetTerms(owner, "", true);
        assertThat(looking(second)).isEqualTo(changes("a created"));
        assertThat(get("configmap", "a", "{.data.k}")).isEqualTo("b");
    }

    @Test
    void whatIsMerelyWrongIsNeverDeletedByForce() throws InterruptedException {
        looking(config("a", "1"));
        String uid = get("configmap", "a", "{.metadata.uid}");
        terms = new SetTerms(owner, "", true);
        KubeObject wrong = object("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}, data: {"not a key": x}}""".formatted(namespace));

        assertThat(failure(looking(wrong))).contains("not a key");
        assertThat(get("configmap", "a", "{.metadata.uid}")).isEqualTo(uid);
    }

    @Test
    void whatIsRefusedOfASecretIsNotQuoted() throws InterruptedException {
        KubeObject secret = object("""
                {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: %s}, data: {k: "not base64 hunter2"}}""".formatted(namespace));

        assertThat(failure(looking(secret)))
                .contains("Secret/" + namespace + "/a")
                .doesNotContain("hunter2");
    }

    @Test
    void aMissingNamespaceIsNamed() throws InterruptedException {
        KubeObject lost = object("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: nowhere}}");
        assertThat(failure(looking(lost))).contains("namespaces \"nowhere\" not found");

        KubeObject without = object("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        assertThat(failure(looking(without)))
                .isEqualTo("ConfigMap/a has no namespace, and its kind has to have one: set metadata.namespace");
    }

    @Test
    void anApiServerThatIsAwayLosesNothing() throws InterruptedException {
        looking(config("a", "1"), config("b", "1"));
        server.stop();
        try {
            assertThat(looking(config("a", "2"))).isInstanceOfSatisfying(Applier.Outcome.Failed.class, failed -> {
                assertThat(failed.message()).contains("the API server cannot be reached");
                assertThat(failed.inventory().versions()).hasSize(2);
            });
        } finally {
            server.start();
        }
        assertThat(looking(config("a", "2"))).isEqualTo(changes("a configured", "b deleted"));
    }
}

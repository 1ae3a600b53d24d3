package dev.tidemark.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiServerIT {

    private ApiServer server;

    @BeforeEach
    void start() {
        server = ApiServer.shared();
    }

    @Test
    void isOneForAllTests() {
        assertThat(ApiServer.shared()).isSameAs(server);
        assertThat(server.kubectl("version")).contains("Server Version: v1.");
    }

    @Test
    void everyNamespaceIsNew() {
        assertThat(server.namespace()).isNotEqualTo(server.namespace());
    }

    @Test
    void anAccountMayDoWhatItsRoleSaysAndNothingElse() {
        String namespace = server.namespace();
        server.serviceAccount(namespace, "reader");
        server.kubectl("create", "role", "reader", "--verb=get,list", "--resource=configmaps", "-n", namespace);
        server.kubectl(
                "create",
                "rolebinding",
                "reader",
                "--role=reader",
                "--serviceaccount=" + namespace + ":reader",
                "-n",
                namespace);
        server.kubectl("create", "configmap", "here", "-n", namespace);

        Kubectl reader = server.as(server.kubeconfig(namespace, "reader"));

        assertThat(reader.run("get", "configmaps", "-o", "name")).isEqualTo("configmap/here\n");
        ClusterProgram.Answer refused = reader.attempt("", "get", "secrets");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.error())
                .contains("system:serviceaccount:" + namespace + ":reader")
                .contains("secrets");
    }

    @Test
    void keepsItsPlaceItsObjectsAndItsAccountsOverARestart() {
        String namespace = server.namespace();
        Kubectl before = server.as(server.kubeconfig(namespace, "default"));
        server.admin().apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: kept, namespace: %s}
                """.formatted(namespace));

        server.restart();

        assertThat(server.kubectl("get", "configmap", "kept", "-n", namespace, "-o", "name"))
                .isEqualTo("configmap/kept\n");
        assertThat(before.run("auth", "whoami")).contains("system:serviceaccount:" + namespace + ":default");
    }

    @Test
    void whatWasBeforeACompactionIsGone() {
        String then =
                server.kubectl("get", "namespace", server.namespace(), "-o", "jsonpath={.metadata.resourceVersion}");
        String list = "/api/v1/namespaces?resourceVersionMatch=Exact&resourceVersion=" + then;
        server.namespace();
        assertThat(server.kubectl("get", "--raw", list)).contains("NamespaceList");

        server.compact();
        server.restart();

        ClusterProgram.Answer answer = server.admin().attempt("", "get", "--raw", list);
        assertThat(answer.output() + answer.error()).contains("(Expired)");
    }

    @Test
    void aFailureSaysWhatKubectlSaid() {
        assertThatThrownBy(() -> server.kubectl("get", "configmap", "absent"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("configmaps \"absent\" not found");
    }
}

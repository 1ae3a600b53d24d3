package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.cli.Main;
import dev.tidemark.testkit.kube.ApiServer;
import dev.tidemark.testkit.kube.FakeKubelet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands that ask the services of a Tidemark in a cluster: through a real API server, with RBAC, to a pod. The pod's
 * kubelet and its service are not real.
 */
class ClusterServicesIT {

    private static final String EXPLANATION =
            "{\"image\":\"ghcr.io/my-org/my-app\",\"sentence\":\"1.4.2 is the newest in 1.x.\"}";

    private final ApiServer server = ApiServer.shared();
    private final String namespace = server.namespace();

    @TempDir
    private Path folder;

    private Ran run(String arguments) {
        return as(server.kubeconfig(), arguments);
    }

    private Ran as(Path kubeconfig, String arguments) {
        List<String> words = new ArrayList<>(List.of(arguments.split(" ")));
        words.addAll(List.of("--kubeconfig", kubeconfig.toString(), "--installed-in", namespace));
        return Ran.command(words.toArray(String[]::new));
    }

    private void pod(String name, String app, String node, boolean ready, String volumes) {
        server.admin().apply("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  labels: {app.kubernetes.io/part-of: tidemark, app.kubernetes.io/name: %s}
                spec:
                  nodeName: %s
                  containers:
                  - name: service
                    image: none
                    ports: [{name: webhooks, containerPort: 8080}, {name: management, containerPort: 9123}]
                  volumes: %s
                """.formatted(name, app, node, volumes), "-n", namespace);
        server.kubectl(
                "patch", "pod", name, "-n", namespace, "--subresource=status", "--type=merge", "-p", """
                {"status": {"phase": "%s", "conditions": [{"type": "Ready", "status": "%s"}]}}""".formatted(
                                ready ? "Running" : "Pending", ready ? "True" : "False"));
    }

    private void rights(String account, String... rules) {
        server.serviceAccount(namespace, account);
        for (int i = 0; i < rules.length; i++) {
            String[] rule = rules[i].split(" ", -1);
            server.kubectl(
                    "create", "role", account + i, "-n", namespace, "--verb=" + rule[0], "--resource=" + rule[1]);
            server.kubectl(
                    "create",
                    "rolebinding",
                    account + i,
                    "-n",
                    namespace,
                    "--role=" + account + i,
                    "--serviceaccount=" + namespace + ':' + account);
        }
    }

    @Test
    void explainAsksAPodThatIsReady() throws IOException {
        try (FakeKubelet kubelet = FakeKubelet.start(server, "node-" + namespace);
                FakeEvaluator evaluator = FakeEvaluator.of(folder)) {
            evaluator.answers(200, EXPLANATION);
            pod("all-in-one-0", "all-in-one", kubelet.node(), true, "[]");
            pod("a-watcher", "registry-watcher", kubelet.node(), true, "[]");
            pod("a-starting-one", "policy-evaluator", kubelet.node(), false, "[]");
            kubelet.serves(namespace, "all-in-one-0", 9123, evaluator.port());
            rights("reader", "get,list pods", "get,create pods/portforward");

            Ran ran = as(server.kubeconfig(namespace, "reader"), "explain imagepolicy my-app -n apps 1.4.1");

            assertThat(ran.err()).isEmpty();
            assertThat(ran.out()).contains("1.4.2 is the newest in 1.x.");
            assertThat(evaluator.asked())
                    .containsExactly("/policy-evaluator/explain/apps/my-app?kind=ImagePolicy&tag=1.4.1 null");
        }
    }

    @Test
    void haltTakesTheTokenFromThePodsSecretByTheUsersOwnRights() throws IOException {
        try (FakeKubelet kubelet = FakeKubelet.start(server, "node-" + namespace);
                FakeEvaluator evaluator = FakeEvaluator.of(folder)) {
            evaluator.answers(200, "{\"halted\":\"true\",\"who\":\"me\",\"at\":\"now\",\"why\":\"bad\"}");
            pod("all-in-one-0", "all-in-one", kubelet.node(), true, "[{name: management, secret: {secretName: door}}]");
            kubelet.serves(namespace, "all-in-one-0", 9123, evaluator.port());
            rights("reader", "get,list pods", "get,create pods/portforward");
            rights("operator", "get,list pods", "get,create pods/portforward", "get secrets");
            Path operator = server.kubeconfig(namespace, "operator");

            assertThat(as(operator, "halt --why bad").err())
                    .contains("the Secret " + namespace + "/door")
                    .contains("is gone");
            server.kubectl("create", "secret", "generic", "door", "-n", namespace, "--from-literal=other=x");
            assertThat(as(operator, "halt --why bad").err()).contains("has no key 'token'");
            String token = Base64.getEncoder().encodeToString("from the cluster\n".getBytes(StandardCharsets.UTF_8));
            server.kubectl(
                    "patch", "secret", "door", "-n", namespace, "-p", "{\"data\":{\"token\":\"" + token + "\"}}");
            assertThat(as(server.kubeconfig(namespace, "reader"), "halt --why bad")
                            .err())
                    .contains("get of the Secret " + namespace + "/door has to be granted to you");
            assertThat(evaluator.asked()).isEmpty();

            Ran ran = as(operator, "halt --why bad");

            assertThat(ran.err()).isEmpty();
            assertThat(ran.out()).contains("Everything is halted by me");
            assertThat(evaluator.asked())
                    .containsExactly(
                            "/policy-evaluator/control Bearer from the cluster", "/policy-evaluator/control null");
        }
    }

    @Test
    void theLogsOfAllPodsAreOneAndAreFollowed() throws Exception {
        try (FakeKubelet kubelet = FakeKubelet.start(server, "node-" + namespace)) {
            pod("all-in-one-0", "all-in-one", kubelet.node(), true, "[]");
            pod("watcher", "registry-watcher", kubelet.node(), true, "[]");
            pod("lost", "git-committer", "nowhere", false, "[]");
            kubelet.logs(namespace, "all-in-one-0", "2026-01-02T03:04:05.1Z one\n2026-01-02T03:04:07.1Z three\n");
            kubelet.logs(namespace, "watcher", "2026-01-02T03:04:06.1Z two\n");
            rights("reader", "list pods", "get pods/log");
            Path reader = server.kubeconfig(namespace, "reader");

            Ran ran = as(reader, "logs --tail 2");

            assertThat(ran.out()).isEqualTo("[watcher] two\n[all-in-one-0] three\n");
            assertThat(ran.err()).startsWith("lost: ").hasLineCount(1);
            assertThat(kubelet.askedLogs())
                    .containsExactlyInAnyOrder(
                            "service?tailLines=2&timestamps=true", "service?tailLines=2&timestamps=true");

            StringWriter out = new StringWriter();
            Thread following = Thread.startVirtualThread(() -> Main.commandLine("logs")
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(new StringWriter()))
                    .execute("logs", "-f", "--kubeconfig", reader.toString(), "--installed-in", namespace));
            await().until(() -> out.toString().contains("three"));
            kubelet.logs(namespace, "watcher", "2026-01-02T03:04:06.1Z two\n2026-01-02T03:04:06.2Z more\n");
            await().until(() -> out.toString().endsWith("[watcher] more\n"));
            following.interrupt();
            following.join();
            assertThat(out.toString()).containsOnlyOnce("two");
        }
    }

    /** Each knows and changes its own. */
    @Test
    void allPodsThatAreReadyAreAskedForWhatEachKnowsOfItself() throws IOException {
        server.installDefinitions();
        try (FakeKubelet kubelet = FakeKubelet.start(server, "node-" + namespace);
                FakeEvaluator evaluator = FakeEvaluator.of(folder);
                FakeEvaluator watcher = FakeEvaluator.of(folder)) {
            evaluator.answers(200, "{\"a.b\": \"DEBUG\", \"underWay\": [\"clones fleet\"]}");
            watcher.answers(200, "{\"a.b\": \"INFO\", \"underWay\": [\"lists my-app\"]}");
            String volumes = "[{name: management, secret: {secretName: door}}]";
            pod("evaluator", "policy-evaluator", kubelet.node(), true, volumes);
            pod("watcher", "registry-watcher", kubelet.node(), true, volumes);
            pod("starting", "git-committer", kubelet.node(), false, volumes);
            server.kubectl("create", "secret", "generic", "door", "-n", namespace, "--from-literal=token=s3cret");
            kubelet.serves(namespace, "evaluator", 9123, evaluator.port());
            kubelet.serves(namespace, "watcher", 9123, watcher.port());

            assertThat(run("status").out()).contains("Under way (2)\n  clones fleet\n  lists my-app\n");
            Ran ran = run("log-level a.b --reset");

            assertThat(ran.err()).isEmpty();
            assertThat(ran.out())
                    .contains("[" + namespace + "/evaluator] a.b DEBUG\n")
                    .contains("[" + namespace + "/watcher] a.b INFO\n")
                    .doesNotContain("starting");
            assertThat(evaluator.asked()).contains("/log-levels/a.b Bearer s3cret");
            assertThat(watcher.asked())
                    .containsExactly(
                            "/progress null",
                            "/notifications null",
                            "/log-levels/a.b Bearer s3cret",
                            "/log-levels null");
        }
    }

    @Test
    void whoMayNotReadLogsIsToldSo() {
        assertThat(run("logs").err()).contains("there is no pod of Tidemark").contains("--installed-in");
        pod("all-in-one-0", "all-in-one", "nowhere", true, "[]");
        rights("lister", "list pods");

        assertThat(as(server.kubeconfig(namespace, "lister"), "logs").err())
                .contains("your user may not get pods/log in " + namespace)
                .doesNotContain("unexpected");
    }

    @Test
    void aTokenThatNobodyKnowsIsSaid() {
        pod("all-in-one-0", "all-in-one", "nowhere", true, "[]");
        assertThat(run("halt --why bad").err())
                .contains("made its token itself")
                .contains("components/management-token");
    }

    @Test
    void whereNoPodIsReadyThatIsSaid() {
        assertThat(run("explain imagepolicy my-app").err())
                .contains("neither all-in-one nor policy-evaluator runs in namespace '" + namespace + '\'');
        pod("policy-evaluator-1", "policy-evaluator", "nowhere", false, "[]");
        assertThat(run("explain imagepolicy my-app").err())
                .contains("no pod of Tidemark is ready")
                .contains("policy-evaluator-1 Pending");
    }

    @Test
    void whoMayNotIsTold() {
        pod("all-in-one-0", "all-in-one", "nowhere", true, "[]");
        rights("nobody");
        rights("looker", "get,list pods");
        assertThat(as(server.kubeconfig(namespace, "nobody"), "explain imagepolicy my-app")
                        .err())
                .contains("list of pods in " + namespace + " has to be granted to you")
                .contains("forbidden");
        assertThat(as(server.kubeconfig(namespace, "looker"), "explain imagepolicy my-app")
                        .err())
                .contains("pod " + namespace + "/all-in-one-0 cannot be reached through the API server")
                .contains("403")
                .contains("pods/portforward");
    }

    @Test
    void aServerThatIsNamedIsAsked() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "theirs\n");
        try (FakeEvaluator evaluator = FakeEvaluator.of(folder.resolve("state"))) {
            evaluator.answers(200, EXPLANATION);
            String url = " --server http://127.0.0.1:" + evaluator.port() + " --token-file " + token;
            assertThat(run("explain imagepolicy my-app -n apps" + url).out()).contains("1.4.2 is the newest");
            assertThat(evaluator.asked())
                    .containsExactly("/policy-evaluator/explain/apps/my-app?kind=ImagePolicy Bearer theirs");
        }
        assertThat(run("explain imagepolicy my-app --server here:9000").err()).contains("--server http://HOST:PORT");
        assertThat(run("explain imagepolicy my-app --token-file " + token).err())
                .contains("goes with --server");
    }
}

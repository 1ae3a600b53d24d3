package dev.tidemark.allinone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.allinone.deploy.Manifests.Manifest;
import dev.tidemark.testkit.docs.KnownVariables;
import dev.tidemark.testkit.kube.ApiServer;
import dev.tidemark.testkit.kube.ClusterProgram.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy} makes is what an API server takes, under the strictest pod security, and what the services read. */
class OverlaysIT {

    /** Kinds that a cluster has only where somebody installed them. */
    private static final Set<String> OF_OTHERS = Set.of("kafka.strimzi.io", "monitoring.coreos.com");

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>tidemark-parent</artifactId>\\s*<version>([^<]+)</version>");

    private final ApiServer cluster = ApiServer.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base",
                "overlays/all-in-one",
                "overlays/strimzi",
                "overlays/external-kafka",
                "examples/namespaced",
                "examples/tenants",
                "examples/monitored",
                "examples/cli"
            })
    void anApiServerTakesIt(String folder) {
        Manifests manifests = Manifests.of(folder);
        String namespace = namespace(manifests);
        Manifests ours = manifests
                .only(one -> !OF_OTHERS.contains(one.group()) && !one.kind().equals("Namespace"))
                .in(namespace);

        Answer answer = cluster.admin()
                .attempt(
                        ours.text(),
                        "apply",
                        "--server-side",
                        "--dry-run=server",
                        "--validate=strict",
                        "--force-conflicts",
                        "-f",
                        "-");

        assertThat(answer.error()).isEmpty();
        assertThat(answer.exit()).isZero();
    }

    /** A Deployment is taken whatever its pods are; only they are judged. */
    @ParameterizedTest
    @ValueSource(strings = {"overlays/all-in-one", "overlays/strimzi", "overlays/external-kafka", "examples/monitored"})
    void podsAreTakenUnderRestrictedPodSecurity(String folder) {
        Manifests manifests = Manifests.of(folder);
        String namespace = namespace(manifests);
        manifests.ofKind("ServiceAccount").all().forEach(one -> cluster.serviceAccount(namespace, one.name()));

        manifests.workloads().forEach(workload -> {
            Answer answer = cluster.admin().attempt(pod(workload, namespace), "create", "--dry-run=server", "-f", "-");

            assertThat(answer.error()).as(workload.toString()).isEmpty();
            assertThat(answer.output()).contains("pod/" + workload.name() + " created (server dry run)");
        });
    }

    /** As docs/kubernetes.md starts it. */
    @Test
    void aPodOfTheCommandLineIsTakenUnderRestrictedPodSecurity() throws IOException {
        String namespace = namespace(Manifests.of("overlays/all-in-one"));
        cluster.serviceAccount(namespace, "cli");

        Answer answer = cluster.admin()
                .attempt(
                        "",
                        "run",
                        "tidemark",
                        "-n",
                        namespace,
                        "--dry-run=server",
                        "--restart=Never",
                        "--image=tidemark/cli",
                        "--override-type=strategic",
                        "--overrides=" + Files.readString(Manifests.ROOT.resolve("deploy/examples/cli/pod.json")),
                        "--",
                        "status");

        assertThat(answer.error()).isEmpty();
        assertThat(answer.output()).contains("pod/tidemark created (server dry run)");
    }

    /** So that the tests above can fail. */
    @Test
    void aPodThatMayBecomeRootIsRefused() {
        Manifests manifests = Manifests.of("overlays/all-in-one");
        String namespace = namespace(manifests);
        cluster.serviceAccount(namespace, "tidemark");
        String pod = pod(manifests.one("StatefulSet", "all-in-one"), namespace)
                .replace("runAsNonRoot: true", "runAsNonRoot: false");

        Answer answer = cluster.admin().attempt(pod, "create", "--dry-run=server", "-f", "-");

        assertThat(answer.error()).contains("violates PodSecurity \"restricted:latest\": runAsNonRoot != true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overlays/all-in-one",
                "overlays/strimzi",
                "overlays/external-kafka",
                "examples/namespaced",
                "examples/tenants",
                "examples/monitored"
            })
    void everyVariableIsASetting(String folder) throws IOException {
        Manifests manifests = Manifests.of(folder);
        KnownVariables known = KnownVariables.below(Manifests.ROOT);

        assertThat(manifests.workloads()).isNotEmpty().allSatisfy(workload -> {
            assertThat(manifests.variables(workload)).contains("TIDEMARK_RESOURCES", "QUARKUS_MANAGEMENT_HOST");
            assertThat(known.unknownOf(manifests.variables(workload))).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/all-in-one", "overlays/strimzi", "overlays/external-kafka"})
    void theWebhooksServiceReachesWebhooksAndNothingElse(String folder) {
        Manifests manifests = Manifests.of(folder);
        Map<String, Object> spec =
                Manifests.map(manifests.one("Service", "webhooks").at("spec"));

        assertThat(Manifests.list(spec.get("ports"))).singleElement().satisfies(port -> assertThat(Manifests.map(port))
                .containsEntry("targetPort", "webhooks"));
        assertThat(manifests.workloads().filter(one -> has(one, Manifests.map(spec.get("selector")))))
                .singleElement()
                .satisfies(workload -> assertThat(
                                Manifests.list(workload.container().get("ports")))
                        .anySatisfy(port -> assertThat(Manifests.map(port))
                                .containsEntry("name", "webhooks")
                                .containsEntry("containerPort", 8080L)));
        assertThat(manifests.ofKind("Service").text()).doesNotContain("management");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/all-in-one", "overlays/strimzi", "overlays/external-kafka"})
    void nobodyReachesAPodWhomNoPolicyLets(String folder) {
        Manifests manifests = Manifests.of(folder);

        assertThat(manifests.workloads()).isNotEmpty().allSatisfy(workload -> assertThat(
                        manifests.ofKind("NetworkPolicy").all())
                .filteredOn(policy -> has(workload, Manifests.map(policy.at("spec", "podSelector", "matchLabels"))))
                .anySatisfy(policy -> assertThat(Manifests.list(policy.at("spec", "policyTypes")))
                        .contains("Ingress", "Egress")));
        assertThat(manifests.ofKind("NetworkPolicy").all())
                .flatMap(policy -> Manifests.list(policy.at("spec", "ingress")))
                .allSatisfy(
                        rule -> assertThat(Manifests.list(Manifests.map(rule).get("ports")))
                                .extracting(port -> Manifests.map(port).get("port"))
                                .containsExactly("webhooks"));
    }

    /** Judged by the pod's port, whatever port its Service has. */
    @ParameterizedTest
    @ValueSource(strings = {"overlays/all-in-one", "overlays/strimzi", "overlays/external-kafka"})
    void everyPodReachesFluxsNotificationController(String folder) {
        Manifests manifests = Manifests.of(folder);

        assertThat(manifests.workloads()).isNotEmpty().allSatisfy(workload -> assertThat(egress(manifests, workload))
                .anySatisfy(rule -> {
                    assertThat(Manifests.list(rule.get("to")))
                            .containsExactly(Map.of(
                                    "namespaceSelector",
                                    Map.of(),
                                    "podSelector",
                                    Map.of("matchLabels", Map.of("app", "notification-controller"))));
                    assertThat(Manifests.list(rule.get("ports")))
                            .containsExactly(Map.of("protocol", "TCP", "port", 9090L));
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/all-in-one", "overlays/strimzi", "overlays/external-kafka"})
    void whatIsReachedByAnyAddressIsReachedByIpv6(String folder) {
        Manifests manifests = Manifests.of(folder);

        assertThat(manifests.workloads().flatMap(workload -> egress(manifests, workload).stream()))
                .extracting(rule -> Manifests.list(rule.get("to")).stream()
                        .map(to ->
                                Manifests.map(Manifests.map(to).get("ipBlock")).get("cidr"))
                        .filter(Objects::nonNull)
                        .toList())
                .filteredOn(blocks -> !blocks.isEmpty())
                .isNotEmpty()
                .allSatisfy(blocks -> assertThat(blocks).containsExactly("0.0.0.0/0", "::/0"));
    }

    /** Deleting what was applied would take the team's own objects with it. */
    @Test
    void forOneNamespaceTheNamespaceIsNotOurs() {
        assertThat(Manifests.of("overlays/all-in-one").ofKind("Namespace").all())
                .hasSize(1);
        assertThat(Manifests.of("examples/namespaced").ofKind("Namespace").all())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/all-in-one", "overlays/strimzi", "overlays/external-kafka"})
    void imagesAreOfThisVersion(String folder) throws IOException {
        Matcher version = VERSION.matcher(Files.readString(Manifests.ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(Manifests.of(folder).workloads()).allSatisfy(workload -> assertThat(workload.container())
                .containsEntry("image", "tidemark/" + workload.name() + ':' + version.group(1)));
    }

    @Test
    void theExampleOfAnIngressLeadsToTheService() throws IOException {
        Manifests example = Manifests.read(Files.readString(Manifests.ROOT.resolve("deploy/examples/ingress.yaml")));
        String namespace = cluster.namespace();

        Answer answer = cluster.admin()
                .attempt(example.in(namespace).text(), "apply", "--server-side", "--dry-run=server", "-f", "-");

        assertThat(answer.error()).isEmpty();
        assertThat(example.text()).contains("path: /hook", "name: webhooks", "name: http");
        assertThat(Files.readString(Manifests.ROOT.resolve("deploy/examples/httproute.yaml")))
                .contains("value: /hook", "name: webhooks", "port: 80");
    }

    /** A namespace of this test with the labels that the manifests give theirs. */
    private String namespace(Manifests manifests) {
        String namespace = cluster.namespace();
        manifests.ofKind("Namespace").all().forEach(one -> Manifests.map(one.at("metadata", "labels"))
                .forEach((label, value) -> cluster.kubectl("label", "namespace", namespace, label + '=' + value)));
        return namespace;
    }

    /** The rules of all policies that are about a workload's pods. */
    private static List<Map<String, Object>> egress(Manifests manifests, Manifest workload) {
        return manifests.ofKind("NetworkPolicy").all().stream()
                .filter(policy -> has(workload, Manifests.map(policy.at("spec", "podSelector", "matchLabels"))))
                .flatMap(policy -> Manifests.list(policy.at("spec", "egress")).stream())
                .map(Manifests::map)
                .toList();
    }

    private static boolean has(Manifest workload, Map<String, Object> labels) {
        return Manifests.map(workload.at("spec", "template", "metadata", "labels"))
                .entrySet()
                .containsAll(labels.entrySet());
    }

    /** A pod as the workload's controller would make it. */
    private static String pod(Manifest workload, String namespace) {
        List<String> lines = workload.text().lines().toList();
        int from = lines.indexOf("    spec:") + 1;
        StringBuilder pod = new StringBuilder("apiVersion: v1\nkind: Pod\nmetadata:\n  name: " + workload.name()
                + "\n  namespace: " + namespace + "\nspec:\n");
        lines.stream().skip(from).takeWhile(line -> line.startsWith("      ")).forEach(line -> pod.append(
                        line.substring(4))
                .append('\n'));
        if (workload.kind().equals("StatefulSet")) {
            pod.append("  - name: state\n    persistentVolumeClaim: {claimName: state-")
                    .append(workload.name())
                    .append("-0}\n");
        }
        return pod.toString();
    }
}

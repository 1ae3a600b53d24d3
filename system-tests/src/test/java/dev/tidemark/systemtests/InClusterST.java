package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.TestBroker;
import dev.tidemark.testkit.kube.ApiRequest;
import dev.tidemark.testkit.kube.ApiServer;
import dev.tidemark.testkit.kube.ClusterProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The seed's walk through both models in a cluster: a real API server with RBAC on, our definitions, the accounts and roles of
 * {@code deploy/base}, the four services as processes, each with the account, settings and probes of its Deployment, and kubectl.
 */
class InClusterST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PARTITIONS = 2;

    /** What one tag may cost in each model: two statuses, an Event, and the object or another Event. */
    private static final int MOST_REQUESTS = 4;

    private static final List<String> APPS = List.of("my-app");
    private static final String BRANCH = "staging-image-updates";
    private static final String NAMESPACE = "flux-system";
    private static final String OWN = "tidemark";

    private final ApiServer server = ApiServer.shared();
    private final Map<Service, Replica> running = new EnumMap<>(Service.class);

    private TestBroker broker;
    private GitHttpServer git;
    private Cluster surroundings;
    private Programs programs;
    private Services services;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server.installDefinitions();
        server.kubectl(
                "apply",
                "--server-side",
                "-k",
                Programs.root().resolve("deploy/base").toString());
        server.kubectl("create", "namespace", NAMESPACE);
        broker = TestBroker.start(folder.resolve("broker"));
        git = GitHttpServer.start(folder);
        surroundings = Cluster.create(folder, APPS, git);
        programs = new Programs(folder);
        services = new Services(
                programs,
                broker.bootstrapServers(),
                PARTITIONS,
                surroundings.manifests(),
                surroundings.state(),
                surroundings.registry());
        surroundings.push("my-app", "1.1.0");
        for (Path manifests : surroundings.manifests()) {
            server.kubectl("apply", "-f", manifests.toString());
        }
        for (Service service : Service.values()) {
            running.put(service, services.start(service, environment(service, folder.resolve(service.module()))));
        }
        running.values().forEach(replica -> await().atMost(LIMIT)
                .until(() -> services.isReady(replica)
                        && template(replica.service())
                                .isReady(Map.of("webhooks", replica.port(), "management", replica.management()))));
    }

    private PodTemplate template(Service service) {
        return PodTemplate.of(server, OWN, "deployment/" + service.module());
    }

    /** Ports and the state's folder are given to each process beside it. */
    private Map<String, String> environment(Service service, Path volume) {
        PodTemplate template = template(service);
        Map<String, String> environment = template.environment(volume, template.freePorts());
        environment.put("KUBECONFIG", server.kubeconfig(OWN, template.account()).toString());
        return environment;
    }

    @AfterEach
    void stop() {
        services.close();
        programs.close();
        surroundings.close();
        git.close();
        broker.close();
    }

    @Test
    void bothModelsFollowAPush() throws Exception {
        awaitReady("imagerepository/my-app", "imagepolicy/my-app", "imageupdateautomation/flux-system");
        awaitReady("resourcesetinputprovider/app-image-tag", "resourceset/my-app");
        awaitShown("1.1.0");
        theSeedsCommandsShow("1.1.0");

        surroundings.notify(replica(Service.REGISTRY_WATCHER).http());
        int before = settledRequests();
        surroundings.push("my-app", "1.4.2");

        awaitShown("1.4.2");
        theCommitIsTheSeeds("1.1.0", "1.4.2");
        settledRequests();
        List<ApiRequest> requests = server.requests().stream()
                .skip(before)
                .filter(InClusterST::isOfATag)
                .toList();
        Predicate<ApiRequest> gitless = request -> request.user().endsWith(':' + Service.GITLESS_RENDERER.module());
        assertThat(requests.stream().filter(gitless).map(InClusterST::shown))
                .as("the Gitless model's, the object first")
                .hasSizeLessThanOrEqualTo(MOST_REQUESTS)
                .startsWith("patch kustomizations")
                .containsOnly(
                        "patch kustomizations",
                        "patch resourcesets/status",
                        "patch resourcesetinputproviders/status",
                        "create events");
        assertThat(requests.stream().filter(gitless.negate()).map(InClusterST::shown))
                .as("the Git-based model's")
                .hasSizeLessThanOrEqualTo(MOST_REQUESTS)
                .containsOnly("patch imagepolicies/status", "patch imageupdateautomations/status", "create events");
        Instant committed = Files.getLastModifiedTime(
                        surroundings.fleet().folder().resolve("refs/heads").resolve(BRANCH))
                .toInstant();
        assertThat(requests.stream().filter(gitless.negate())).allSatisfy(request -> assertThat(request.at())
                .as("%s comes after the commit", request)
                .isAfter(committed));
        theSeedsCommandsShow("1.4.2");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(server.kubectl("get", "events", "-n", NAMESPACE))
                .contains("imagepolicy/my-app")
                .contains("1.4.2"));
        running.values().forEach(replica -> assertThat(replica.program().output())
                .as("what " + replica.service() + " may not do")
                .doesNotContain("forbidden"));

        // it waits for its objects to go
        server.kubectl("delete", "resourceset", "my-app", "-n", NAMESPACE, "--timeout=60s");
        assertThat(server.kubectl("get", "kustomization", "-n", NAMESPACE, "-o", "name"))
                .isEmpty();
    }

    /** Each as the seed's README has it. */
    private void theSeedsCommandsShow(String version) {
        assertThat(command("kubectl -n flux-system get imagepolicy my-app -o jsonpath={.status.latestImage}"))
                .isEqualTo("ghcr.io/my-org/my-app:" + version);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        command("kubectl describe resourcesetinputprovider app-image-tag -n flux-system"))
                .containsPattern("Interval: +5m")
                .containsPattern("Last Poll Time: +\\d")
                .containsPattern("Tag: +" + Pattern.quote(version))
                .containsPattern("Digest: +sha256:")
                .containsPattern("Events:\\s+Type +Reason"));
        assertThat(command("kubectl get kustomization -l resourceset.fluxcd.io/name=my-app -A"))
                .containsPattern("flux-system +my-app");
        assertThat(command("flux get kustomization my-app -n flux-system")).contains("my-app");
    }

    private String command(String line) {
        String[] words = line.split(" ", 2);
        ClusterProgram program = words[0].equals("flux")
                ? server.flux(server.kubeconfig())
                : server.admin().program();
        return program.run(words[1].split(" "));
    }

    /** The seed's author and message, and one line of one file. */
    private void theCommitIsTheSeeds(String before, String version) {
        assertThat(surroundings.fleet().git("show", "--no-patch", "--format=%an <%ae> %P", BRANCH))
                .isEqualToIgnoringNewLines("fluxcdbot <fluxcdbot@users.noreply.github.com> "
                        + surroundings.fleet().git("rev-parse", BRANCH + '^'));
        assertThat(surroundings.fleet().messages(BRANCH)).containsExactly(message(version), message(before), "begin\n");
        assertThat(surroundings.fleet().messages("main")).containsExactly("begin\n");
        assertThat(surroundings
                        .fleet()
                        .git("diff", "--unified=0", "main", BRANCH)
                        .lines()
                        .filter(line -> line.matches("[-+](?![-+]).*")))
                .containsExactly(
                        "-  image: ghcr.io/my-org/my-app:1.0.0  # {\"$imagepolicy\": \"flux-system:my-app\"}",
                        "+  image: ghcr.io/my-org/my-app:" + version
                                + "  # {\"$imagepolicy\": \"flux-system:my-app\"}");
    }

    /** {@code println} ends the line. */
    private static String message(String version) {
        return "chore: update ghcr.io/my-org/my-app:" + version + "\n";
    }

    /** A watch that goes on, or a Secret that is read again now and then, has nothing to do with it. */
    private static boolean isOfATag(ApiRequest request) {
        return isOurs(request)
                && !request.verb().equals("watch")
                && !request.resource().equals("secrets");
    }

    private static String shown(ApiRequest request) {
        return request.verb() + ' ' + request.resource();
    }

    private static boolean isOurs(ApiRequest request) {
        return request.user().startsWith("system:serviceaccount:" + OWN + ':');
    }

    /** How many there were when nothing is written any more for a while. */
    private int settledRequests() {
        AtomicLong last = new AtomicLong(-1);
        await().atMost(LIMIT)
                .during(Duration.ofSeconds(4))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    long now = server.requests().stream()
                            .filter(request -> isOurs(request) && request.isWrite())
                            .count();
                    return last.getAndSet(now) == now;
                });
        return server.requests().size();
    }

    private void awaitReady(String... objects) {
        for (String object : objects) {
            server.kubectl("wait", "--for=condition=Ready", object, "-n", NAMESPACE, "--timeout=90s");
        }
    }

    private String get(String kind, String name, String path) {
        return server.kubectl("get", kind, name, "-n", NAMESPACE, "-o", "jsonpath=" + path);
    }

    private void awaitShown(String version) {
        try {
            await().atMost(LIMIT)
                    .until(() -> surroundings.committed(APPS, version)
                            && get("kustomization", "my-app", "{.spec.postBuild.substitute.APP_IMAGE_TAG}")
                                    .equals(version));
        } catch (ConditionTimeoutException | AssertionError e) {
            StringBuilder text = new StringBuilder(version + " does not arrive\n" + surroundings.situation());
            text.append(server.admin()
                    .attempt(
                            "",
                            "get",
                            "imagerepository,imagepolicy,imageupdateautomation,rsip,rset,events",
                            "-A",
                            "-o",
                            "wide")
                    .output());
            running.values().forEach(replica -> text.append("--- ")
                    .append(replica.service())
                    .append('\n')
                    .append(replica.program().output()));
            throw new AssertionError(text.toString(), e);
        }
    }

    private Replica replica(Service service) {
        return Objects.requireNonNull(running.get(service));
    }
}

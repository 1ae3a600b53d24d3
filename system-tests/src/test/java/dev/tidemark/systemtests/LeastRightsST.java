package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.AclList;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogClients.Membership;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.LogUser;
import dev.tidemark.runtime.log.TopicNames;
import dev.tidemark.runtime.log.TopicProvisioner;
import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.NeedlessRights;
import dev.tidemark.testkit.RecordingAuthorizer.Asked;
import dev.tidemark.testkit.SecuredBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service with a user of its own that may do exactly what {@link AclList} says, on a broker with an authorizer. What
 * the list lacks is denied and seen; what is too much in it was not used and is seen, too.
 */
class LeastRightsST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PARTITIONS = 2;
    private static final List<String> APPS = List.of("my-app");
    private static final TopicNames NAMES = new TopicNames("team-a.");
    private static final LogSettings LOG = new LogSettings(NAMES, PARTITIONS, (short) 1, Duration.ofDays(30));
    private static final Pattern COMMAND = Pattern.compile(
            "kafka-topics.sh --bootstrap-server \\S+ --create --topic (\\S+) --partitions (\\d+) --replication-factor"
                    + " (\\d+)((?: --config \\S+)*)");
    private static final Pattern CONFIG = Pattern.compile("--config (\\S+?)=(\\S+)");

    /** A policy that wants digests, and moves to another image: what leads to the rarer events. */
    private static final String MOVING = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: moving, namespace: flux-system}
            spec: {image: ghcr.io/my-org/IMAGE, interval: 5m}
            ---
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImagePolicy
            metadata: {name: moving, namespace: flux-system}
            spec:
              imageRepositoryRef: {name: moving}
              digestReflectionPolicy: Always
              interval: 1m
              policy: {semver: {range: 1.x}}
            """;

    private final Map<LogUser, Replica> running = new EnumMap<>(LogUser.class);
    private Path folder;
    private SecuredBroker broker;
    private Admin admin;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary;
        broker = SecuredBroker.startWithAuthorizer(
                folder.resolve("broker"),
                Arrays.stream(LogUser.values()).map(LogUser::serviceName).toList());
        admin = clients(broker.clientSettings()).admin("test", LIMIT);
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void eachServiceNeedsWhatIsListedAndNothingElse() throws Exception {
        for (LogUser user : LogUser.values()) {
            allow(AclList.of(user, NAMES), user);
        }
        try (Cluster cluster = Cluster.create(folder, APPS);
                Programs programs = new Programs(folder);
                Services services = new Services(
                        programs,
                        broker.clientSettings(LogUser.REGISTRY_WATCHER.serviceName()),
                        PARTITIONS,
                        cluster.manifests(),
                        cluster.state(),
                        cluster.registry())) {
            cluster.push("my-app", "1.1.0");
            holdsMoreThanTheRegistry(cluster);
            List<String> images = imagesOfTwoPartitions();
            for (String image : images) {
                cluster.push(image, "1.0.0");
            }
            cluster.declare("moving.yaml", MOVING.replace("IMAGE", images.getFirst()));
            for (LogUser user : LogUser.values()) {
                running.put(user, startedWithTopicsMadeAsItSays(services, user));
            }
            cluster.notify(running(LogUser.REGISTRY_WATCHER).http());
            awaitShown(cluster, "1.1.0");
            cluster.push("my-app", "1.4.2");
            awaitShown(cluster, "1.4.2");
            theCommitLeadsToTheWebhook(cluster.head());
            cluster.declare("moving.yaml", MOVING.replace("IMAGE", images.getLast()));
            stopAndGoOn(cluster);
            whatNobodyCanReadIsPutAside();
            theEvaluatorTellsWhatLiesThere();

            for (LogUser user : LogUser.values()) {
                await(() -> assertThat(NeedlessRights.among(bindings(user), asked(user)))
                        .as("rights of " + user + " that it does not need")
                        .isEmpty());
                assertThat(asked(user).stream().filter(one -> !one.allowed() && one.operation() != AclOperation.CREATE))
                        .as("what " + user + " asked for and may not")
                        .isEmpty();
            }
            withoutOneOfThemAServiceDoesNotStartAndSaysWhy(services);
        }
    }

    /** Of which the evaluator is told, who has it confirmed. */
    private static void holdsMoreThanTheRegistry(Cluster cluster) {
        String file = "clusters/staging/apps.yaml";
        String higher = cluster.fleet().read("main", file).replace("my-app:1.0.0", "my-app:1.3.0");
        String unused = cluster.fleet().commit("main", "somebody's", Map.of(file, higher));
    }

    /** Over TLS; the same user with the same rights. */
    @Test
    void aUserComesInByPlainToo() throws Exception {
        LogUser user = LogUser.GIT_COMMITTER;
        allow(AclList.of(user, NAMES), user);
        new TopicProvisioner(clients(broker.clientSettings()), "topics").provision(List.of(user));
        new TopicProvisioner(clients(broker.plainSettings(user.serviceName())), "plain").provision(List.of(user));
        assertThat(asked(user)).isNotEmpty().allMatch(Asked::allowed);
        assertThat(broker.refused()).isZero();
    }

    /** As {@code AclList} says it for who makes topics. */
    @Test
    void aServiceThatMayMakesItsTopicsItself() throws Exception {
        for (LogUser user : LogUser.values()) {
            allow(AclList.of(user, NAMES), user);
            allow(AclList.toMakeTopics(user, NAMES), user);
            var provisioner = new TopicProvisioner(clients(broker.clientSettings(user.serviceName())), "topics");
            provisioner.provision(List.of(user));
            if (user == LogUser.POLICY_EVALUATOR) {
                provisioner.provisionChangelogs("policy-evaluator", List.of("tags"));
            }
            assertThat(asked(user)).as(user.serviceName()).isNotEmpty().allMatch(Asked::allowed);
        }
        assertThat(admin.listTopics().names().get())
                .hasSize(2 * Topic.values().length + 1)
                .allMatch(name -> name.startsWith(NAMES.prefix()));
    }

    private static LogClients clients(Map<String, String> kafka) {
        return new LogClients(LOG, kafka, Membership.DEFAULT);
    }

    private void allow(List<AclList.Right> rights, LogUser user) throws Exception {
        admin.createAcls(rights.stream()
                        .flatMap(right -> right.bindings(principal(user)).stream())
                        .toList())
                .all()
                .get();
    }

    private static List<AclBinding> bindings(LogUser user) {
        return AclList.of(user, NAMES).stream()
                .flatMap(right -> right.bindings(principal(user)).stream())
                .toList();
    }

    private static String principal(LogUser user) {
        return "User:" + user.serviceName();
    }

    private List<Asked> asked(LogUser user) {
        return broker.asked().stream()
                .filter(one -> one.principal().equals(principal(user)))
                .distinct()
                .toList();
    }

    /** Names of images whose policies are worked on in different partitions. */
    private static List<String> imagesOfTwoPartitions() {
        Map<Integer, String> found = new HashMap<>();
        for (int i = 0; found.size() < 2; i++) {
            String name = "moving-" + i;
            found.putIfAbsent(
                    Partitioning.partition(Topic.TAG_DISCOVERED, "ghcr.io/my-org/" + name + '#', PARTITIONS), name);
        }
        return List.copyOf(found.values());
    }

    /** It may make none: it names those that are missing, they are made so, and it is started again. */
    private Replica startedWithTopicsMadeAsItSays(Services services, LogUser user) throws Exception {
        while (true) {
            Replica replica = start(services, user);
            Awaitility.await().atMost(LIMIT).until(() -> !replica.program().isAlive() || services.isReady(replica));
            if (replica.program().isAlive()) {
                return replica;
            }
            Matcher command = COMMAND.matcher(replica.program().output());
            Map<String, NewTopic> said = new HashMap<>();
            while (command.find()) {
                Map<String, String> settings = new HashMap<>();
                Matcher config = CONFIG.matcher(command.group(4));
                while (config.find()) {
                    settings.put(config.group(1), config.group(2));
                }
                said.put(
                        command.group(1),
                        new NewTopic(
                                        command.group(1),
                                        Integer.parseInt(command.group(2)),
                                        Short.parseShort(command.group(3)))
                                .configs(settings));
            }
            assertThat(said).as(replica.program().output()).isNotEmpty();
            admin.createTopics(said.values()).all().get();
        }
    }

    private Replica start(Services services, LogUser user) throws Exception {
        Map<String, String> own = new HashMap<>(Map.of("TIDEMARK_TOPIC_PREFIX", NAMES.prefix()));
        own.put(
                "KAFKA_SASL_JAAS_CONFIG",
                Objects.requireNonNull(broker.clientSettings(user.serviceName()).get("sasl.jaas.config")));
        return services.start(Service.valueOf(user.name()), own);
    }

    /** The commit is said after it is seen. */
    private void theCommitLeadsToTheWebhook(String commit) {
        URI question = running(LogUser.POLICY_EVALUATOR).health().resolve("/policy-evaluator/commits/" + commit);
        try (HttpClient http = HttpClient.newHttpClient()) {
            await(() -> assertThat(
                            http.send(HttpRequest.newBuilder(question).build(), HttpResponse.BodyHandlers.ofString())
                                    .body())
                    .contains("\"way\":\"WEBHOOK\"", "\"stage\":\"NOTIFIED\"", "1.4.2"));
        }
    }

    private void stopAndGoOn(Cluster cluster) throws Exception {
        URI control = running(LogUser.POLICY_EVALUATOR).health().resolve("/policy-evaluator/control");
        String token =
                Files.readString(cluster.state().resolve("management.token")).strip();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String action : List.of("halt", "lift")) {
                var request = HttpRequest.newBuilder(control)
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"action\": \"%s\", \"who\": \"a test\", \"why\": \"to see it\"}".formatted(action)))
                        .build();
                assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(204);
            }
        }
    }

    private void whatNobodyCanReadIsPutAside() throws Exception {
        byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
        try (var writer = clients(broker.clientSettings()).writer("junk")) {
            for (Topic topic : Topic.values()) {
                int partition = Partitioning.partition(topic, "junk", PARTITIONS);
                writer.send(new ProducerRecord<>(NAMES.name(topic), partition, junk, junk))
                        .get();
            }
        }
    }

    /** Of all topics that somebody reads, whichever service put it aside. */
    private void theEvaluatorTellsWhatLiesThere() {
        URI question = running(LogUser.POLICY_EVALUATOR).health().resolve("/policy-evaluator/dead-letters");
        try (HttpClient http = HttpClient.newHttpClient()) {
            await(() -> assertThat(
                            http.send(HttpRequest.newBuilder(question).build(), HttpResponse.BodyHandlers.ofString())
                                    .body())
                    .contains(
                            "\"topic\":\"policy-declared\",\"count\":1,",
                            "\"topic\":\"tag-selected\",\"count\":1,",
                            "\"topic\":\"tag-check-wanted\",\"count\":1,"));
        }
    }

    private void withoutOneOfThemAServiceDoesNotStartAndSaysWhy(Services services) throws Exception {
        running(LogUser.GIT_COMMITTER).kill();
        AclBinding reading = bindings(LogUser.GIT_COMMITTER).stream()
                .filter(one -> one.pattern().name().equals(NAMES.name(Topic.TAG_SELECTED))
                        && one.entry().operation() == AclOperation.READ)
                .findFirst()
                .orElseThrow();
        admin.deleteAcls(List.of(reading.toFilter())).all().get();
        Replica without = start(services, LogUser.GIT_COMMITTER);
        Awaitility.await().atMost(LIMIT).until(() -> !without.program().isAlive());
        assertThat(without.program().output())
                .contains("Allow it Describe on them", "--create --topic " + NAMES.name(Topic.TAG_SELECTED) + ' ');
    }

    private void awaitShown(Cluster cluster, String version) {
        await(() -> assertThat(cluster.shows(APPS, version))
                .as(version + " arrives: " + cluster.situation())
                .isTrue());
    }

    private void await(ThrowingRunnable condition) {
        try {
            Awaitility.await().atMost(LIMIT).untilAsserted(condition);
        } catch (ConditionTimeoutException e) {
            StringBuilder text = new StringBuilder(String.valueOf(e.getMessage()));
            running.forEach((user, replica) -> {
                text.append("\n--- ")
                        .append(user)
                        .append('\n')
                        .append(replica.program().output());
                asked(user).stream().filter(one -> !one.allowed()).forEach(denied -> text.append("\ndenied: ")
                        .append(denied));
            });
            throw new AssertionError(text.toString(), e);
        }
    }

    private Replica running(LogUser user) {
        return Optional.ofNullable(running.get(user)).orElseThrow();
    }
}

package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four services as processes on one broker, killed and restarted in the middle of their work. */
class FourProcessesST {

    /** On an idle machine everything here takes seconds; the machine that tests is not idle. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final int PARTITIONS = 4;

    /** Enough that images lie in several partitions. */
    private static final List<String> APPS = List.of("my-app", "web", "api", "shop", "mail", "jobs");

    private Path folder;
    private TestBroker broker;
    private Cluster cluster;
    private Programs programs;
    private Services services;
    private Admin admin;
    private final Map<Service, Replica> running = new EnumMap<>(Service.class);

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        broker = TestBroker.start(folder.resolve("broker"));
        cluster = Cluster.create(folder, APPS);
        cluster.addBranches(2, PARTITIONS);
        programs = new Programs(folder);
        services = new Services(
                programs,
                broker.bootstrapServers(),
                PARTITIONS,
                cluster.manifests(),
                cluster.state(),
                cluster.registry());
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        for (String app : APPS) {
            cluster.push(app, "1.1.0");
        }
        for (Service service : Service.values()) {
            running.put(service, services.start(service));
        }
        running.values().forEach(this::awaitReady);
        cluster.notify(running(Service.REGISTRY_WATCHER).http());
        awaitShown(APPS, "1.1.0");
    }

    @AfterEach
    void stop() {
        services.close();
        programs.close();
        admin.close();
        cluster.close();
        broker.close();
    }

    @Test
    void killedRightAfterAPushEachServiceGoesOnWhereItWas() throws Exception {
        cluster.push("my-app", "1.4.2");
        awaitShown(List.of("my-app"), "1.4.2");
        int patch = 2;
        for (Service service : Service.values()) {
            Replica victim = running(service);
            String version = "1.4." + ++patch;
            cluster.push("my-app", version);
            victim.kill();
            running.put(service, services.restart(victim));

            awaitShown(List.of("my-app"), version);
        }
        for (int i = 2; i <= patch; i++) {
            for (String branch : cluster.branches()) {
                assertThat(cluster.commitsOf(branch, "my-app", "1.4." + i))
                        .as("commits of 1.4." + i + " on " + branch)
                        .isEqualTo(1);
            }
        }
        assertThat(cluster.fleet().git("fsck", "--strict")).doesNotContain("error");
    }

    @Test
    void twoReplicasShareTheWorkAndOneTakesOverFromTheOther() throws Exception {
        int minor = 1;
        for (Service service : Service.values()) {
            Replica second = services.start(service);
            awaitReady(second);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(partitionsOfMembers(service))
                    .as("partitions of each replica of " + service)
                    .hasSize(2)
                    .allMatch(partitions -> partitions > 0));
            String shared = "1." + ++minor + ".0";
            pushAll(shared);
            awaitShown(APPS, shared);

            String taken = "1." + ++minor + ".0";
            pushAll(taken);
            second.kill();
            awaitShown(APPS, taken);
        }
        for (int i = 2; i <= minor; i++) {
            for (String branch : cluster.branches()) {
                for (String app : APPS) {
                    assertThat(cluster.commitsOf(branch, app, "1." + i + ".0"))
                            .as("commits of " + app + " 1." + i + ".0 on " + branch)
                            .isEqualTo(1);
                }
            }
        }
    }

    private void pushAll(String version) throws Exception {
        for (String app : APPS) {
            cluster.push(app, version);
        }
    }

    private void awaitShown(List<String> apps, String version) {
        try {
            await().atMost(LIMIT).until(() -> cluster.shows(apps, version));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(version + " of " + apps + " does not arrive\n" + situation(), e);
        }
    }

    private Replica running(Service service) {
        return Objects.requireNonNull(running.get(service));
    }

    private void awaitReady(Replica replica) {
        await().atMost(LIMIT).until(() -> services.isReady(replica));
    }

    /** How many partitions of its topic each replica of a service owns, as the broker sees it. */
    private List<Integer> partitionsOfMembers(Service service) throws InterruptedException, ExecutionException {
        List<Integer> counts = new ArrayList<>();
        var group = admin.describeConsumerGroups(List.of(service.group()))
                .all()
                .get()
                .get(service.group());
        for (MemberDescription member : Objects.requireNonNull(group).members()) {
            counts.add(member.assignment().topicPartitions().size());
        }
        return counts;
    }

    private String situation() {
        StringBuilder text = new StringBuilder(cluster.situation());
        running.values().forEach(replica -> text.append("--- ")
                .append(replica.service())
                .append(" alive: ")
                .append(replica.program().isAlive())
                .append('\n')
                .append(lastLines(replica.program().output())));
        return text.toString();
    }

    private static String lastLines(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size())) + '\n';
    }
}

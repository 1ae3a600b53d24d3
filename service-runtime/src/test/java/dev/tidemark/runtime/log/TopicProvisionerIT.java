package dev.tidemark.runtime.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.RecordLimits;
import dev.tidemark.testkit.TestBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The topics as they are made, compared and refused, with a real broker. */
class TopicProvisionerIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PARTITIONS = 3;

    private static TestBroker broker;
    private static LogClients clients;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
        clients = LogClients.at(broker.bootstrapServers(), new LogSettings(PARTITIONS, (short) 1, Duration.ofDays(30)));
        new TopicProvisioner(clients, "provisioner").provision();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void createsEveryTopicAsTheContractSays() throws Exception {
        try (Admin admin = admin()) {
            Set<String> names = admin.listTopics().names().get();
            for (Topic topic : Topic.values()) {
                assertThat(names).contains(topic.topicName(), topic.deadLetterName());
                var description = admin.describeTopics(List.of(topic.topicName()))
                        .topicNameValues()
                        .values()
                        .iterator()
                        .next()
                        .get();
                assertThat(description.partitions()).hasSize(PARTITIONS);
            }
            assertThat(config(admin, "registry-notified")).containsEntry("cleanup.policy", "delete");
            assertThat(config(admin, "registry-notified")).containsEntry("retention.ms", "604800000");
            assertThat(config(admin, "policy-decided")).containsEntry("retention.ms", "2592000000");
            assertThat(config(admin, "branch-state")).containsEntry("max.message.bytes", "9437184");
            assertThat(config(admin, "branch-state.dead-letter")).containsEntry("max.message.bytes", "29360128");
            assertThat(config(admin, "branch-state")).containsEntry("cleanup.policy", "compact");
            assertThat(config(admin, "branch-state")).containsEntry("min.compaction.lag.ms", "0");
            assertThat(config(admin, "tag-selected")).containsEntry("min.compaction.lag.ms", "2592000000");
            assertThat(config(admin, "tag-selected.dead-letter")).containsEntry("retention.ms", "2592000000");
        }
        new TopicProvisioner(clients, "provisioner-again").provision();
    }

    @Test
    void refusesALogWithAnotherPartitionCountAndSaysWhatHelps() {
        var other = LogClients.at(
                broker.bootstrapServers(), new LogSettings(PARTITIONS + 1, (short) 1, Duration.ofDays(30)));
        assertThatIllegalStateException()
                .isThrownBy(() -> new TopicProvisioner(other, "other").provision())
                .withMessageContaining("has 3 partitions, but tidemark.partitions is 4: set tidemark.partitions to 3");
    }

    @Test
    void refusesALogThatCouldLoseEventsAndSaysWhatHelps() throws Exception {
        try (Admin admin = admin()) {
            alter(admin, "update-applied", "max.message.bytes", "1048588");
            alter(admin, "tag-selected", "cleanup.policy", "delete");
            try {
                assertThatIllegalStateException()
                        .isThrownBy(() -> new TopicProvisioner(clients, "small").provision())
                        .withMessageContaining(
                                "--entity-name update-applied --alter --add-config max.message.bytes=9437184")
                        .withMessageContaining(
                                "--entity-name tag-selected --alter --add-config cleanup.policy=compact");
                new TopicProvisioner(clients, "others").provision(List.of(LogUser.REGISTRY_WATCHER));
            } finally {
                alter(admin, "update-applied", "max.message.bytes", Integer.toString(RecordLimits.EVENT_BYTES));
                alter(admin, "tag-selected", "cleanup.policy", "compact");
            }
        }
    }

    @Test
    void changelogsAreMadeAsStreamsWouldAndComparedToo() throws Exception {
        var provisioner = new TopicProvisioner(clients, "changelogs");
        provisioner.provisionChangelogs("app", List.of("a", "b"));
        try (Admin admin = admin()) {
            assertThat(config(admin, "app-a-changelog"))
                    .containsEntry("cleanup.policy", "compact")
                    .containsEntry("min.insync.replicas", "1")
                    .containsEntry("max.message.bytes", "9437184");
            alter(admin, "app-b-changelog", "max.message.bytes", "1048588");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> provisioner.provisionChangelogs("app", List.of("a", "b")))
                .withMessageContaining("--entity-name app-b-changelog --alter --add-config max.message.bytes=9437184");
    }

    @Test
    void saysWhatHelpsWhenThereAreFewerBrokersThanReplicas() {
        var three = LogClients.at(
                broker.bootstrapServers(),
                new LogSettings(new TopicNames("three."), 1, (short) 3, Duration.ofDays(30)));
        assertThatIllegalStateException()
                .isThrownBy(() -> new TopicProvisioner(three, "three").provision())
                .withMessageContaining("cannot have 3 replicas")
                .withMessageContaining("set tidemark.replication-factor to at most the number of brokers");
    }

    @Test
    void saysWhatHelpsWhenNoBrokerAnswers() {
        var nowhere = LogClients.at("127.0.0.1:1", new LogSettings(1, (short) 1, Duration.ofDays(1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> new TopicProvisioner(nowhere, "nowhere", Duration.ofSeconds(1)).provision())
                .withMessageContaining("127.0.0.1:1")
                .withMessageContaining("check kafka.bootstrap.servers");
    }

    private static Admin admin() {
        return clients.admin("test", LIMIT);
    }

    private static Map<String, String> config(Admin admin, String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> config = new HashMap<>();
        requireNonNull(admin.describeConfigs(List.of(resource)).values().get(resource))
                .get()
                .entries()
                .forEach(entry -> config.put(entry.name(), entry.value()));
        return config;
    }

    private static void alter(Admin admin, String topic, String key, String value) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
        await().atMost(LIMIT).until(() -> value.equals(config(admin, topic).get(key)));
    }
}

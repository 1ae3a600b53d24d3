package dev.tidemark.events.kafka;

import dev.tidemark.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are missing and refuses a log whose partitions do not fit; changes nothing that exists. */
public final class TopicProvisioner {

    private static final Duration WEEK = Duration.ofDays(7);

    /** How long a broker may take that starts at the same time. */
    private static final Duration PATIENCE = LogSettings.REQUEST_TIMEOUT.multipliedBy(3);

    /** Room for a value of {@link dev.tidemark.events.EventCodec#MAX_VALUE_BYTES} and the copies a dead letter carries. */
    private static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

    private final LogSettings settings;
    private final String clientId;
    private final Duration patience;

    public TopicProvisioner(LogSettings settings, String clientId) {
        this(settings, clientId, PATIENCE);
    }

    TopicProvisioner(LogSettings settings, String clientId, Duration patience) {
        this.settings = settings;
        this.clientId = clientId;
        this.patience = patience;
    }

    /**
     * Makes every topic of the log exist.
     *
     * @throws IllegalStateException with the remedy, when the broker cannot be reached or a topic has another partition
     *     count than the setting
     */
    public void provision() {
        Map<String, Object> config = new HashMap<>();
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                patience.dividedBy(3).toMillis());
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        try (Admin admin = Admin.create(config)) {
            createMissing(admin, await(admin.listTopics().names()));
            verify(await(admin.describeTopics(List.of(topicNames())).allTopicNames()));
        }
    }

    private static String[] topicNames() {
        return java.util.Arrays.stream(Topic.values()).map(Topic::topicName).toArray(String[]::new);
    }

    private void createMissing(Admin admin, Set<String> existing) {
        List<NewTopic> wanted = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            wanted.add(newTopic(topic.topicName(), settings.partitions(), configOf(topic)));
            wanted.add(newTopic(topic.deadLetterName(), 1, retention(Topic.DEAD_LETTER_RETENTION)));
        }
        wanted.removeIf(topic -> existing.contains(topic.name()));
        admin.createTopics(wanted).values().forEach((name, created) -> {
            try {
                await(created);
            } catch (TopicExistsException anotherReplicaWasFaster) {
                // what we wanted
            }
        });
    }

    private NewTopic newTopic(String name, int partitions, Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        all.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
        return new NewTopic(name, partitions, settings.replicationFactor()).configs(all);
    }

    private Map<String, String> configOf(Topic topic) {
        return switch (topic.keeping()) {
            case WEEK -> retention(WEEK);
            case WINDOW -> retention(settings.auditWindow());
            case COMPACTED ->
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                        "0");
            case COMPACTED_AFTER_WINDOW ->
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                        Long.toString(settings.auditWindow().toMillis()));
        };
    }

    private static Map<String, String> retention(Duration retention) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()));
    }

    private void verify(Map<String, TopicDescription> found) {
        found.forEach((name, description) -> {
            int count = description.partitions().size();
            if (count != settings.partitions()) {
                throw new IllegalStateException(
                        "topic '" + name + "' has " + count + " partitions, but tidemark.partitions is "
                                + settings.partitions() + ": set tidemark.partitions to " + count
                                + ", or use a new cluster (repartitioning would break the order of events)");
            }
        });
    }

    private <T> T await(java.util.concurrent.Future<T> future) {
        try {
            return future.get(patience.plus(LogSettings.REQUEST_TIMEOUT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException exists) {
                throw exists;
            }
            throw unreachable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private IllegalStateException unreachable(Throwable cause) {
        return new IllegalStateException(
                "Kafka at " + settings.bootstrapServers() + " could not be asked about its topics ("
                        + cause.getMessage() + "): check kafka.bootstrap.servers and that the broker runs",
                cause);
    }
}

package dev.tidemark.runtime.log;

import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.RecordLimits;
import dev.tidemark.runtime.log.TopicSettings.Mismatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing and refuses a log whose partitions do not fit; changes nothing that exists. */
public final class TopicProvisioner {

    private static final System.Logger LOG = System.getLogger(TopicProvisioner.class.getName());

    /** How long a broker may take that starts at the same time. */
    private static final Duration PATIENCE = LogClients.REQUEST_TIMEOUT.multipliedBy(3);

    /** Metadata goes round in milliseconds. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final LogClients clients;
    private final LogSettings settings;
    private final String clientId;
    private final Duration patience;

    public TopicProvisioner(LogClients clients, String clientId) {
        this(clients, clientId, PATIENCE);
    }

    TopicProvisioner(LogClients clients, String clientId, Duration patience) {
        this.clients = clients;
        this.settings = clients.settings();
        this.clientId = clientId;
        this.patience = patience;
    }

    /**
     * Makes every topic of the log exist.
     *
     * @throws IllegalStateException with the remedy, when the broker cannot be reached, a topic has another partition
     *     count than the setting, or a topic that exists could lose events
     */
    public void provision() {
        try (Admin admin = admin()) {
            createMissing(admin, await(admin.listTopics().names()));
            verify(known(() -> admin.describeTopics(topicNames()).allTopicNames()));
            compare(admin, TopicSettings.all(settings));
        }
    }

    /**
     * Looks whether topics that Streams made for itself, some time ago, take our records.
     *
     * @param prefix what their names begin with
     * @throws IllegalStateException with the remedy, when one takes only smaller records
     */
    public void checkRoom(String prefix) {
        try (Admin admin = admin()) {
            Map<String, Map<String, String>> wanted = new HashMap<>();
            await(admin.listTopics().names()).stream()
                    .filter(name -> name.startsWith(prefix))
                    .forEach(name -> wanted.put(name, TopicSettings.ROOM));
            compare(admin, wanted);
        }
    }

    private Admin admin() {
        return clients.admin(clientId, patience);
    }

    private List<String> topicNames() {
        return Stream.of(Topic.values()).map(settings::name).toList();
    }

    private void createMissing(Admin admin, Set<String> existing) {
        List<NewTopic> wanted = new ArrayList<>();
        short replicas = settings.replicationFactor();
        for (Topic topic : Topic.values()) {
            wanted.add(new NewTopic(settings.name(topic), settings.partitions(), replicas)
                    .configs(TopicSettings.of(topic, settings)));
            wanted.add(new NewTopic(settings.deadLetters(topic), 1, replicas).configs(TopicSettings.ofDeadLetters()));
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

    /**
     * Compares topics that may be older, or somebody else's work, with what we would have made.
     *
     * @throws IllegalStateException with the remedy, when an event could be lost; what is only a pity goes to the log
     */
    private void compare(Admin admin, Map<String, Map<String, String>> wanted) {
        List<Mismatch> losing = new ArrayList<>();
        for (Map.Entry<ConfigResource, Config> topic :
                describe(admin, wanted.keySet()).entrySet()) {
            Map<String, String> actual = new HashMap<>();
            topic.getValue().entries().forEach(entry -> actual.put(entry.name(), entry.value()));
            String name = topic.getKey().name();
            for (Mismatch mismatch : TopicSettings.compare(name, wanted.getOrDefault(name, Map.of()), actual)) {
                if (mismatch.losesEvents()) {
                    losing.add(mismatch);
                } else {
                    LOG.log(System.Logger.Level.WARNING, mismatch.text());
                }
            }
        }
        if (!losing.isEmpty()) {
            throw new IllegalStateException("events could be lost:\n" + TopicSettings.text(losing));
        }
    }

    private Map<ConfigResource, Config> describe(Admin admin, Set<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        try {
            return known(() -> admin.describeConfigs(resources).all());
        } catch (AuthorizationException notForUs) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the settings of the topics may not be read (DESCRIBE_CONFIGS is not allowed): nobody checks"
                            + " whether they take records of " + RecordLimits.EVENT_BYTES + " bytes");
            return Map.of();
        }
    }

    /** A topic that was just made is not known to every broker at once: asked again for as long as one may start. */
    private <T> T known(Supplier<Future<T>> question) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return await(question.get());
            } catch (UnknownTopicOrPartitionException notYet) {
                if (System.nanoTime() > end) {
                    throw unreachable(notYet);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private <T> T await(Future<T> future) {
        try {
            return future.get(patience.plus(LogClients.REQUEST_TIMEOUT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case TopicExistsException exists -> exists;
                case AuthorizationException notAllowed -> notAllowed;
                case UnknownTopicOrPartitionException notYet -> notYet;
                case null -> unreachable(e);
                default -> unreachable(e.getCause());
            };
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private IllegalStateException unreachable(Throwable cause) {
        return new IllegalStateException(
                "Kafka at " + clients.bootstrapServers() + " could not be asked about its topics (" + cause.getMessage()
                        + "): check kafka.bootstrap.servers and that the broker runs",
                cause);
    }
}

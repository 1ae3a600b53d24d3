package dev.tidemark.runtime.log;

import static java.util.Objects.requireNonNull;

import dev.tidemark.events.kafka.RecordLimits;
import dev.tidemark.runtime.log.TopicSettings.Mismatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.PolicyViolationException;
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

    /** As {@link #provision(Collection)}, for all services. */
    public void provision() {
        provision(List.of(LogUser.values()));
    }

    /**
     * Makes the topics exist that some services use, with those of their dead letters.
     *
     * @throws IllegalStateException with the remedy, when the broker cannot be reached, a topic is missing that this user
     *     may not make, has another partition count than the setting, or could lose events
     */
    public void provision(Collection<LogUser> users) {
        provide(LogUser.topics(users, settings));
    }

    /**
     * Makes the topics of a Streams application's stores exist, as Streams would: also one that may not make topics says
     * then what it needs.
     *
     * @param application without the cluster's prefix
     * @throws IllegalStateException as {@link #provision(Collection)}
     */
    public void provisionChangelogs(String application, Collection<String> stores) {
        String prefix = settings.names().group(application) + '-';
        provide(stores.stream()
                .sorted()
                .map(store -> TopicSettings.plannedChangelog(prefix + store + "-changelog", settings))
                .toList());
    }

    private void provide(List<PlannedTopic> planned) {
        Map<String, PlannedTopic> byName = new LinkedHashMap<>();
        planned.forEach(topic -> byName.put(topic.name(), topic));
        try (Admin admin = clients.admin(clientId, patience)) {
            createMissing(admin, byName);
            Map<String, TopicDescription> found =
                    known(() -> admin.describeTopics(byName.keySet()).allTopicNames());
            verify(found, byName);
            compare(found, settingsOf(admin, byName.keySet()), byName);
        }
    }

    private void createMissing(Admin admin, Map<String, PlannedTopic> planned) {
        Set<String> existing = await(admin.listTopics().names());
        List<PlannedTopic> missing = planned.values().stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        List<PlannedTopic> denied = new ArrayList<>();
        Map<String, KafkaFuture<Void>> asked = admin.createTopics(
                        missing.stream().map(PlannedTopic::asNew).toList())
                .values();
        for (PlannedTopic topic : missing) {
            try {
                await(requireNonNull(asked.get(topic.name())));
            } catch (TopicExistsException anotherReplicaWasFaster) {
                // what we wanted
            } catch (AuthorizationException | PolicyViolationException othersMakeThem) {
                denied.add(topic);
            } catch (InvalidReplicationFactorException tooMany) {
                throw new IllegalStateException(
                        "topic '" + topic.name() + "' cannot have "
                                + settings.replication().factor() + " replicas (" + tooMany.getMessage()
                                + "): set tidemark.replication-factor to at most the number of brokers",
                        tooMany);
            }
        }
        if (!denied.isEmpty()) {
            throw new IllegalStateException(
                    "topics do not exist, or this user may not see them, and may not make them. Allow it Describe on them"
                            + " (docs/kafka.md), or make them as a user who may:\n"
                            + denied.stream()
                                    .map(topic -> topic.command(clients.bootstrapServers()))
                                    .collect(Collectors.joining("\n")));
        }
    }

    private void verify(Map<String, TopicDescription> found, Map<String, PlannedTopic> planned) {
        found.forEach((name, description) -> {
            int count = description.partitions().size();
            if (count != settings.partitions()
                    && requireNonNull(planned.get(name)).ordered()) {
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
    private void compare(
            Map<String, TopicDescription> found,
            Map<String, Map<String, String>> actual,
            Map<String, PlannedTopic> planned) {
        List<Mismatch> losing = new ArrayList<>();
        found.forEach((name, description) -> {
            int replicas = description.partitions().stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            var is = new TopicSettings.Found(replicas, actual.getOrDefault(name, Map.of()));
            for (Mismatch mismatch : TopicSettings.compare(requireNonNull(planned.get(name)), is)) {
                if (mismatch.losesEvents()) {
                    losing.add(mismatch);
                } else {
                    LOG.log(System.Logger.Level.WARNING, mismatch.text(clients.bootstrapServers()));
                }
            }
        });
        if (!losing.isEmpty()) {
            throw new IllegalStateException(
                    "events could be lost:\n" + TopicSettings.text(losing, clients.bootstrapServers()));
        }
    }

    private Map<String, Map<String, String>> settingsOf(Admin admin, Set<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        try {
            Map<String, Map<String, String>> found = new HashMap<>();
            known(() -> admin.describeConfigs(resources).all()).forEach((topic, config) -> {
                Map<String, String> settings = new HashMap<>();
                config.entries().forEach(entry -> settings.put(entry.name(), entry.value()));
                found.put(topic.name(), settings);
            });
            return found;
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
                case PolicyViolationException notAllowed -> notAllowed;
                case InvalidReplicationFactorException tooMany -> tooMany;
                case UnknownTopicOrPartitionException notYet -> notYet;
                case AuthenticationException refused -> refused(refused);
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

    private IllegalStateException refused(AuthenticationException cause) {
        return new IllegalStateException(
                "Kafka at " + clients.bootstrapServers() + " does not let this user in (" + cause.getMessage()
                        + "): check kafka.security.protocol, kafka.sasl.mechanism, kafka.sasl.jaas.config and kafka.ssl.*",
                cause);
    }
}

package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.kafka.EventPartitioner;
import dev.tidemark.events.kafka.EventSerializer;
import dev.tidemark.events.kafka.RecordLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Where every client of the log comes from, except the channels': each has the installation's settings of Kafka, such as
 * TLS and SASL, and above them those that its correctness needs.
 */
public final class LogClients {

    /** How long a client waits for a broker that does not answer before it says so. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** Well below the client's limit for a request (30 s); the default of half a second costs time at rest. */
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(15);

    private final LogSettings settings;
    private final InstallationSettings installation;
    private final Membership membership;
    private final Function<Map<String, Object>, Consumer<String, byte[]>> readers;
    private final TableHealths tableHealths = new TableHealths();
    private final EventReader events;

    /**
     * When a group gives up a member.
     *
     * @param session the silence after which others get its partitions
     * @param heartbeat how often it says that it is there
     * @param longestFetch how long its fetch waits at the broker for a record: partitions that it gets meanwhile are read
     *     only then
     * @param instance a name that survives restarts and that no other member has: who comes back under it before its
     *     session has ended has its partitions at once, also after a kill
     */
    public record Membership(Duration session, Duration heartbeat, Duration longestFetch, Optional<String> instance) {

        /** A killed replica is missed in seconds; a pause of the collector is not taken for its end. */
        public static final Membership DEFAULT =
                new Membership(Duration.ofSeconds(6), Duration.ofMillis(500), Duration.ofMillis(500), Optional.empty());
    }

    /** @param kafka Kafka's own settings of the installation, {@code bootstrap.servers} among them */
    public LogClients(LogSettings settings, Map<String, String> kafka, Membership membership) {
        this(settings, kafka, membership, new EventReader());
    }

    /** @param events what all readers of this process read with */
    public LogClients(LogSettings settings, Map<String, String> kafka, Membership membership, EventReader events) {
        this(settings, kafka, membership, events, RawConsumer::new);
    }

    /** @param readers makes those that belong to no group */
    LogClients(
            LogSettings settings,
            Map<String, String> kafka,
            Membership membership,
            Function<Map<String, Object>, Consumer<String, byte[]>> readers) {
        this(settings, kafka, membership, new EventReader(), readers);
    }

    private LogClients(
            LogSettings settings,
            Map<String, String> kafka,
            Membership membership,
            EventReader events,
            Function<Map<String, Object>, Consumer<String, byte[]>> readers) {
        this.events = events;
        this.readers = readers;
        this.settings = settings;
        this.installation = InstallationSettings.of(kafka);
        this.membership = membership;
    }

    /** Clients of a broker that asks for nothing. */
    public static LogClients at(String bootstrapServers, LogSettings settings) {
        return new LogClients(
                settings, Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), Membership.DEFAULT);
    }

    public LogSettings settings() {
        return settings;
    }

    /** For messages: {@code host:port,…}. */
    public String bootstrapServers() {
        return installation.bootstrapServers();
    }

    /** How the tables are that were started and are not closed, by client id. */
    public Map<String, TableHealth> tables() {
        return tableHealths.now();
    }

    /** What all readers of this process read with. */
    public EventReader events() {
        return events;
    }

    TableHealths tableHealths() {
        return tableHealths;
    }

    /** @param patience how long one question may take */
    public Admin admin(String clientId, Duration patience) {
        Map<String, Object> config = config(clientId);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(patience.dividedBy(3)));
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(patience));
        return Admin.create(config);
    }

    /** A consumer of committed raw records that belongs to no group. */
    public Consumer<String, byte[]> reader(String clientId) {
        return readers.apply(readerConfig(clientId));
    }

    /**
     * A reader whose fetch waits at the broker until there is something to read: for who follows a topic and asks nothing
     * else on this connection.
     */
    Consumer<String, byte[]> follower(String clientId) {
        Map<String, Object> config = readerConfig(clientId);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, millis(LONGEST_FETCH));
        return readers.apply(config);
    }

    Map<String, Object> readerConfig(String clientId) {
        Map<String, Object> config = config(clientId);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        return config;
    }

    /**
     * A member of a group that reads committed raw records and commits when it is told to; partitions that stay are not
     * taken from it meanwhile.
     *
     * @param group without the cluster's prefix
     */
    public Consumer<String, byte[]> groupConsumer(String group, String clientId) {
        return new KafkaConsumer<>(groupConfig(group, clientId));
    }

    Map<String, Object> groupConfig(String group, String clientId) {
        Map<String, Object> config = readerConfig(clientId);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.names().group(group));
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.putAll(memberConfig());
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, millis(membership.longestFetch()));
        return config;
    }

    private Map<String, Object> memberConfig() {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(membership.session()));
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(membership.heartbeat()));
        membership.instance().ifPresent(name -> config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name));
        return config;
    }

    /** A producer of raw records, dead letters among them, that waits for every replica and never batches by time. */
    public Producer<byte[], byte[]> writer(String clientId) {
        return new KafkaProducer<>(writerConfig(clientId));
    }

    /** A producer of events, each in the partition of its key. */
    public Producer<String, @Nullable Envelope<?>> eventWriter(String clientId) {
        Map<String, Object> config = writerConfig(clientId);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, EventSerializer.class);
        config.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, EventPartitioner.class);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RecordLimits.EVENT_BYTES);
        return new KafkaProducer<>(config);
    }

    Map<String, Object> writerConfig(String clientId) {
        Map<String, Object> config = config(clientId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RecordLimits.DEAD_LETTER_BYTES);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(REQUEST_TIMEOUT));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT.multipliedBy(2)));
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return config;
    }

    /**
     * What a Streams application begins with: its clients have the installation's settings, its group, changelogs and
     * transactions the cluster's prefix.
     *
     * @param application without the cluster's prefix
     */
    public Properties streams(String application) {
        Properties properties = new Properties();
        properties.putAll(installation.values());
        properties.put("application.id", settings.names().group(application));
        properties.put("replication.factor", (int) settings.replication().factor());
        properties.put(
                "topic." + TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(settings.replication().minInSync()));
        memberConfig().forEach((name, value) -> properties.put("main.consumer." + name, value));
        return properties;
    }

    /** Of a Streams application; its config as Streams makes it of {@link #streams}. */
    public Admin streamsAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    /** Of a Streams application; its config as Streams makes it of {@link #streams}. */
    public Producer<byte[], byte[]> streamsProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Of a Streams application, which polls for one fixed time.
     *
     * @param config as Streams makes it of {@link #streams}
     * @param wait how long a poll waits
     */
    public Consumer<byte[], byte[]> streamsConsumer(Map<String, Object> config, PollWait wait) {
        return streamsConsumer(config, wait, endPoll -> {});
    }

    /** @param made is given what ends a poll that waits */
    public Consumer<byte[], byte[]> streamsConsumer(
            Map<String, Object> config, PollWait wait, java.util.function.Consumer<Runnable> made) {
        PacedConsumer consumer = new PacedConsumer(config, wait);
        made.accept(consumer::endPoll);
        return consumer;
    }

    private Map<String, Object> config(String clientId) {
        Map<String, Object> config = new HashMap<>(installation.values());
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return config;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }

    /** Neither logins nor keys. */
    @Override
    public String toString() {
        return "clients of " + bootstrapServers() + ", topics "
                + settings.names().prefix() + '*';
    }
}

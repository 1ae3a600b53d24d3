package dev.tidemark.runtime.log;

import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.RecordLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/** What a topic is created with, and what is wrong with one that was made otherwise. Pure. */
final class TopicSettings {

    private static final Duration WEEK = Duration.ofDays(7);

    /** Kafka's way to keep for ever. */
    private static final long UNLIMITED = -1;

    /** What every topic needs that takes our events, whoever made it. */
    private static final Map<String, String> ROOM =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(RecordLimits.EVENT_BYTES));

    private TopicSettings() {}

    /**
     * One setting that differs.
     *
     * @param losesEvents whether events could be refused or deleted that are needed; otherwise only history is shorter, or
     *     fewer brokers have it
     * @param remedy behind the name of Kafka's tool and the broker's address
     */
    record Mismatch(String topic, boolean losesEvents, String what, String tool, String remedy) {

        String text(String bootstrapServers) {
            return "topic '" + topic + "' " + what + ": " + tool + " --bootstrap-server " + bootstrapServers + ' '
                    + remedy;
        }
    }

    static PlannedTopic planned(Topic topic, LogSettings settings) {
        Map<String, String> own =
                switch (topic.retention()) {
                    case WEEK -> deleted(WEEK, RecordLimits.EVENT_BYTES);
                    case WINDOW -> deleted(settings.auditWindow(), RecordLimits.EVENT_BYTES);
                    case COMPACTED -> compacted(Duration.ZERO);
                    case COMPACTED_AFTER_WINDOW -> compacted(settings.auditWindow());
                };
        return planned(settings.name(topic), settings.partitions(), true, settings, own);
    }

    static PlannedTopic plannedDeadLetters(Topic topic, LogSettings settings) {
        return planned(
                settings.deadLetters(topic),
                1,
                false,
                settings,
                deleted(Topic.DEAD_LETTER_RETENTION, RecordLimits.DEAD_LETTER_BYTES));
    }

    /** @param name of the topic of a store of a Streams application */
    static PlannedTopic plannedChangelog(String name, LogSettings settings) {
        return planned(name, settings.partitions(), true, settings, compacted(Duration.ZERO));
    }

    private static PlannedTopic planned(
            String name, int partitions, boolean ordered, LogSettings settings, Map<String, String> own) {
        Map<String, String> all = new HashMap<>(own);
        all.put(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(settings.replication().minInSync()));
        return new PlannedTopic(name, partitions, ordered, settings.replication(), Map.copyOf(all));
    }

    private static Map<String, String> deleted(Duration retention, int recordBytes) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(recordBytes));
    }

    private static Map<String, String> compacted(Duration lag) {
        Map<String, String> settings = new HashMap<>(ROOM);
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        settings.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(lag.toMillis()));
        return settings;
    }

    /**
     * What the broker says of a topic.
     *
     * @param replicas of the partition that has the fewest
     * @param settings its own defaults included; empty when they may not be read
     */
    record Found(int replicas, Map<String, String> settings) {}

    static List<Mismatch> compare(PlannedTopic wanted, Found found) {
        List<Mismatch> differences = new ArrayList<>();
        String topic = wanted.name();
        Map<String, String> actual = found.settings();
        new TreeMap<>(wanted.settings()).forEach((key, value) -> {
            switch (key) {
                case TopicConfig.MAX_MESSAGE_BYTES_CONFIG -> {
                    compareRoom(topic, key, "takes records", value, actual).ifPresent(differences::add);
                    // a record must also fit into a segment
                    compareRoom(topic, TopicConfig.SEGMENT_BYTES_CONFIG, "has segments", value, actual)
                            .ifPresent(differences::add);
                }
                case TopicConfig.CLEANUP_POLICY_CONFIG ->
                    comparePolicy(topic, key, value, actual).ifPresent(differences::add);
                case TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG ->
                    compareInSync(topic, key, value, found).ifPresent(differences::add);
                default -> compareTime(topic, key, value, actual).ifPresent(differences::add);
            }
        });
        compareReplicas(wanted, found.replicas()).ifPresent(differences::add);
        return differences;
    }

    private static Optional<Mismatch> compareRoom(
            String topic, String key, String what, String wanted, Map<String, String> actual) {
        String is = actual.getOrDefault(key, wanted);
        return Long.parseLong(is) >= Long.parseLong(wanted)
                ? Optional.empty()
                : Optional.of(setting(
                        topic,
                        true,
                        what + " of at most " + is + " bytes, but one of our records may have " + wanted,
                        key + '=' + wanted));
    }

    private static Optional<Mismatch> comparePolicy(
            String topic, String key, String wanted, Map<String, String> actual) {
        String is = actual.getOrDefault(key, wanted);
        return is.equals(wanted)
                ? Optional.empty()
                : Optional.of(setting(
                        topic,
                        wanted.equals(TopicConfig.CLEANUP_POLICY_COMPACT),
                        "has " + key + " '" + is + "' and not '" + wanted + "', which would delete what must stay",
                        key + '=' + wanted));
    }

    private static Optional<Mismatch> compareTime(String topic, String key, String wanted, Map<String, String> actual) {
        long is = Long.parseLong(actual.getOrDefault(key, wanted));
        return is == UNLIMITED || is >= Long.parseLong(wanted)
                ? Optional.empty()
                : Optional.of(setting(
                        topic,
                        false,
                        "keeps records for " + Duration.ofMillis(is) + " and not for "
                                + Duration.ofMillis(Long.parseLong(wanted))
                                + ", so that less can be explained and replayed",
                        key + '=' + wanted));
    }

    private static Optional<Mismatch> compareInSync(String topic, String key, String wanted, Found found) {
        int is = Integer.parseInt(found.settings().getOrDefault(key, wanted));
        if (is > found.replicas()) {
            return Optional.of(setting(
                    topic,
                    true,
                    "takes records only while " + is + " replicas have them, and has " + found.replicas(),
                    key + '=' + found.replicas()));
        }
        return is >= Integer.parseInt(wanted)
                ? Optional.empty()
                : Optional.of(setting(
                        topic,
                        false,
                        "counts a record as written when " + is + " of its replicas has it, and not " + wanted,
                        key + '=' + wanted));
    }

    private static Optional<Mismatch> compareReplicas(PlannedTopic wanted, int is) {
        short factor = wanted.replication().factor();
        return is >= factor
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        wanted.name(),
                        false,
                        "has " + is + " replicas and not tidemark.replication-factor, which is " + factor,
                        "kafka-reassign-partitions.sh",
                        "--execute --reassignment-json-file FILE, which names " + factor
                                + " brokers for each of its partitions"));
    }

    private static Mismatch setting(String topic, boolean losesEvents, String what, String change) {
        return new Mismatch(
                topic,
                losesEvents,
                what,
                "kafka-configs.sh",
                "--entity-type topics --entity-name " + topic + " --alter --add-config " + change);
    }

    /** All of it in one text, one line each. */
    static String text(List<Mismatch> mismatches, String bootstrapServers) {
        return mismatches.stream()
                .map(mismatch -> mismatch.text(bootstrapServers))
                .collect(Collectors.joining("\n"));
    }
}

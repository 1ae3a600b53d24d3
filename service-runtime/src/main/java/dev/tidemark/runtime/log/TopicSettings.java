package dev.tidemark.runtime.log;

import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.RecordLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    static final Map<String, String> ROOM =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(RecordLimits.EVENT_BYTES));

    private TopicSettings() {}

    /**
     * One setting that differs.
     *
     * @param losesEvents whether events could be refused or deleted that are needed; otherwise only history is shorter
     * @param change as {@code kafka-configs.sh --add-config} takes it
     */
    record Mismatch(String topic, boolean losesEvents, String what, String change) {

        String text() {
            return "topic '" + topic + "' " + what + ": kafka-configs.sh --bootstrap-server … --entity-type topics"
                    + " --entity-name " + topic + " --alter --add-config " + change;
        }
    }

    static Map<String, String> of(Topic topic, LogSettings settings) {
        return switch (topic.retention()) {
            case WEEK -> deleted(WEEK, RecordLimits.EVENT_BYTES);
            case WINDOW -> deleted(settings.auditWindow(), RecordLimits.EVENT_BYTES);
            case COMPACTED -> compacted(Duration.ZERO);
            case COMPACTED_AFTER_WINDOW -> compacted(settings.auditWindow());
        };
    }

    static Map<String, String> ofDeadLetters() {
        return deleted(Topic.DEAD_LETTER_RETENTION, RecordLimits.DEAD_LETTER_BYTES);
    }

    /** Every topic that one installation makes, with its settings. */
    static Map<String, Map<String, String>> all(LogSettings settings) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (Topic topic : Topic.values()) {
            all.put(settings.name(topic), of(topic, settings));
            all.put(settings.deadLetters(topic), ofDeadLetters());
        }
        return all;
    }

    private static Map<String, String> deleted(Duration retention, int recordBytes) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(recordBytes));
    }

    private static Map<String, String> compacted(Duration lag) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(lag.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(RecordLimits.EVENT_BYTES));
    }

    /** @param actual what the broker says of the topic, its own defaults included */
    static List<Mismatch> compare(String topic, Map<String, String> wanted, Map<String, String> actual) {
        List<Mismatch> found = new ArrayList<>();
        new TreeMap<>(wanted).forEach((key, value) -> {
            switch (key) {
                case TopicConfig.MAX_MESSAGE_BYTES_CONFIG -> {
                    compareRoom(topic, key, "takes records", value, actual).ifPresent(found::add);
                    // a record must also fit into a segment
                    compareRoom(topic, TopicConfig.SEGMENT_BYTES_CONFIG, "has segments", value, actual)
                            .ifPresent(found::add);
                }
                case TopicConfig.CLEANUP_POLICY_CONFIG ->
                    comparePolicy(topic, key, value, actual).ifPresent(found::add);
                default -> compareTime(topic, key, value, actual).ifPresent(found::add);
            }
        });
        return found;
    }

    private static Optional<Mismatch> compareRoom(
            String topic, String key, String what, String wanted, Map<String, String> actual) {
        String is = actual.getOrDefault(key, wanted);
        return Long.parseLong(is) >= Long.parseLong(wanted)
                ? Optional.empty()
                : Optional.of(new Mismatch(
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
                : Optional.of(new Mismatch(
                        topic,
                        wanted.equals(TopicConfig.CLEANUP_POLICY_COMPACT),
                        "has " + key + " '" + is + "' and not '" + wanted + "', which would delete what must stay",
                        key + '=' + wanted));
    }

    private static Optional<Mismatch> compareTime(String topic, String key, String wanted, Map<String, String> actual) {
        long is = Long.parseLong(actual.getOrDefault(key, wanted));
        return is == UNLIMITED || is >= Long.parseLong(wanted)
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        topic,
                        false,
                        "keeps records for " + Duration.ofMillis(is) + " and not for "
                                + Duration.ofMillis(Long.parseLong(wanted))
                                + ", so that less can be explained and replayed",
                        key + '=' + wanted));
    }

    /** All of it in one text, one line each. */
    static String text(List<Mismatch> mismatches) {
        return mismatches.stream().map(Mismatch::text).collect(Collectors.joining("\n"));
    }
}

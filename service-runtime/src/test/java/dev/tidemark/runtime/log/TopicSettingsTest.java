package dev.tidemark.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {

    private static final LogSettings LOG = new LogSettings(12, (short) 1, Duration.ofDays(30));

    @Test
    void everyTopicTakesTheLargestEventAndItsDeadLetterThreeOfThem() {
        for (Topic topic : Topic.values()) {
            assertThat(number(TopicSettings.of(topic, LOG))).isGreaterThan(EventCodec.MAX_VALUE_BYTES);
            assertThat(number(TopicSettings.ofDeadLetters())).isGreaterThan(3 * number(TopicSettings.of(topic, LOG)));
        }
    }

    @Test
    void aTopicAsWeMakeItIsRight() {
        TopicSettings.all(LOG).forEach((name, wanted) -> assertThat(TopicSettings.compare(name, wanted, wanted))
                .isEmpty());
    }

    @Test
    void whatWouldRefuseOrDeleteEventsIsToldApartFromAShorterHistory() {
        assertThat(mismatch(Topic.TAG_SELECTED, "max.message.bytes", "1048588"))
                .isEqualTo("true: topic 'tag-selected' takes records of at most 1048588 bytes, but one of our"
                        + " records may have 9437184: kafka-configs.sh --bootstrap-server … --entity-type topics --entity-name"
                        + " tag-selected --alter --add-config max.message.bytes=9437184");
        assertThat(mismatch(Topic.TAG_SELECTED, "segment.bytes", "1048576"))
                .startsWith("true: ")
                .endsWith("segment.bytes=9437184");
        assertThat(mismatch(Topic.TAG_SELECTED, "cleanup.policy", "delete")).startsWith("true: ");
        assertThat(mismatch(Topic.BRANCH_STATE, "cleanup.policy", "compact,delete"))
                .startsWith("true: ");
        assertThat(mismatch(Topic.POLICY_DECIDED, "cleanup.policy", "compact")).startsWith("false: ");
        assertThat(mismatch(Topic.POLICY_DECIDED, "retention.ms", "86400000"))
                .startsWith("false: ")
                .contains("keeps records for PT24H and not for PT720H");
        assertThat(mismatch(Topic.TAG_SELECTED, "min.compaction.lag.ms", "0")).startsWith("false: ");
    }

    @Test
    void moreThanWeAskForIsRight() {
        assertThat(mismatch(Topic.POLICY_DECIDED, "retention.ms", "-1")).isEmpty();
        assertThat(mismatch(Topic.POLICY_DECIDED, "max.message.bytes", "33554432"))
                .isEmpty();
        assertThat(mismatch(Topic.POLICY_DECIDED, "min.compaction.lag.ms", "7")).isEmpty();
    }

    private static int number(Map<String, String> settings) {
        return Integer.parseInt(settings.getOrDefault("max.message.bytes", "0"));
    }

    private static String mismatch(Topic topic, String key, String value) {
        Map<String, String> actual = new HashMap<>(TopicSettings.of(topic, LOG));
        actual.put(key, value);
        var found = TopicSettings.compare(topic.topicName(), TopicSettings.of(topic, LOG), actual);
        return found.isEmpty() ? "" : found.getFirst().losesEvents() + ": " + TopicSettings.text(found);
    }
}

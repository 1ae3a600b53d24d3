package dev.tidemark.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.TopicSettings.Found;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {

    private static final String BROKER = "broker:9093";

    private static final LogSettings LOG = new LogSettings(12, (short) 3, Duration.ofDays(30));

    @Test
    void everyTopicTakesTheLargestEventAndItsDeadLetterThreeOfThem() {
        for (Topic topic : Topic.values()) {
            int event = room(TopicSettings.planned(topic, LOG));
            assertThat(event).isGreaterThan(EventCodec.MAX_VALUE_BYTES);
            assertThat(room(TopicSettings.plannedDeadLetters(topic, LOG))).isGreaterThan(3 * event);
        }
    }

    @Test
    void aTopicAsWeMakeItIsRight() {
        for (PlannedTopic topic : LogUser.topics(List.of(LogUser.values()), LOG)) {
            assertThat(TopicSettings.compare(topic, new Found(3, topic.settings())))
                    .isEmpty();
        }
    }

    @Test
    void everyTopicAndThatOfItsDeadLettersIsMadeBySomeService() {
        assertThat(LogUser.topics(List.of(LogUser.values()), LOG))
                .extracting(PlannedTopic::name)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                        .toList());
        assertThat(LogUser.topics(List.of(LogUser.GIT_COMMITTER), LOG))
                .extracting(PlannedTopic::name)
                .containsExactlyInAnyOrder(
                        "policy-handed-over",
                        "tag-selected",
                        "tag-selected.dead-letter",
                        "branch-state",
                        "branch-state.dead-letter",
                        "update-applied",
                        "update-applied.dead-letter");
    }

    @Test
    void whatMakesATopicIsSaidAsItIsTyped() {
        assertThat(TopicSettings.planned(Topic.TAG_SELECTED, LOG).command("broker:9093"))
                .isEqualTo(
                        "kafka-topics.sh --bootstrap-server broker:9093 --create --topic tag-selected --partitions 12"
                                + " --replication-factor 3 --config cleanup.policy=compact --config max.message.bytes=9437184"
                                + " --config min.compaction.lag.ms=2592000000 --config min.insync.replicas=2");
    }

    @Test
    void fewerBrokersThanWantedAreSaidAndMoreThanThereAreRefused() {
        assertThat(mismatch(Topic.TAG_SELECTED, "min.insync.replicas", "1"))
                .startsWith("false: ")
                .endsWith("--add-config min.insync.replicas=2");
        assertThat(mismatch(Topic.TAG_SELECTED, "min.insync.replicas", "4"))
                .startsWith("true: ")
                .endsWith("--add-config min.insync.replicas=3");
        PlannedTopic wanted = TopicSettings.planned(Topic.TAG_SELECTED, LOG);
        assertThat(TopicSettings.text(TopicSettings.compare(wanted, new Found(2, wanted.settings())), BROKER))
                .startsWith("topic 'tag-selected' has 2 replicas and not tidemark.replication-factor, which is 3:"
                        + " kafka-reassign-partitions.sh --bootstrap-server broker:9093 ");
    }

    @Test
    void oneBrokerMayBeAwayWhereThereIsMoreThanOne() {
        assertThat(Replication.of((short) 1, Optional.empty()).minInSync()).isEqualTo(1);
        assertThat(Replication.of((short) 2, Optional.empty()).minInSync()).isEqualTo(1);
        assertThat(Replication.of((short) 3, Optional.empty()).minInSync()).isEqualTo(2);
        assertThat(Replication.of((short) 3, Optional.of(3)).minInSync()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replication.of((short) 1, Optional.of(2)))
                .withMessageContaining("set tidemark.min-in-sync-replicas to between 1 and");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replication.of((short) 0, Optional.empty()))
                .withMessageContaining("set tidemark.replication-factor");
    }

    @Test
    void whatWouldRefuseOrDeleteEventsIsToldApartFromAShorterHistory() {
        assertThat(mismatch(Topic.TAG_SELECTED, "max.message.bytes", "1048588"))
                .isEqualTo("true: topic 'tag-selected' takes records of at most 1048588 bytes, but one of our"
                        + " records may have 9437184: kafka-configs.sh --bootstrap-server broker:9093 --entity-type topics --entity-name"
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

    private static int room(PlannedTopic topic) {
        return Integer.parseInt(topic.settings().getOrDefault("max.message.bytes", "0"));
    }

    private static String mismatch(Topic topic, String key, String value) {
        PlannedTopic wanted = TopicSettings.planned(topic, LOG);
        Map<String, String> actual = new HashMap<>(wanted.settings());
        actual.put(key, value);
        var found = TopicSettings.compare(wanted, new Found(3, actual));
        return found.isEmpty() ? "" : found.getFirst().losesEvents() + ": " + TopicSettings.text(found, BROKER);
    }
}

package dev.tidemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.RecordLimits;
import dev.tidemark.report.Channel.Direction;
import dev.tidemark.testkit.house.SourceFile;
import dev.tidemark.testkit.house.SourceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every channel of every service must say (DESIGN section 4): nothing is lost, an undecodable record goes to a
 * dead-letter topic, and nothing waits for a batch. A misspelt key would be ignored in silence, so names are checked.
 */
@Tag("gate")
class ChannelContractTest {

    private static final SourceTree PROJECT = SourceTree.read(SourceTree.root());

    private static final Map<String, String> INCOMING = Map.ofEntries(
            Map.entry("connector", "smallrye-kafka"),
            Map.entry("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer"),
            Map.entry("value.deserializer", "dev.tidemark.events.kafka.EventDeserializer"),
            Map.entry("isolation.level", "read_committed"),
            Map.entry("auto.offset.reset", "earliest"),
            // a record ends the wait: a shorter one costs processor time at rest and nothing else
            Map.entry("poll-timeout", "1000"),
            Map.entry("fail-on-deserialization-failure", "false"),
            Map.entry("failure-strategy", "dead-letter-queue"),
            Map.entry("dead-letter-queue.linger.ms", "0"),
            Map.entry("dead-letter-queue.max.request.size", Integer.toString(RecordLimits.DEAD_LETTER_BYTES)),
            Map.entry("graceful-shutdown", "false"),
            Map.entry("cloud-events", "false"),
            Map.entry("session.timeout.ms", "6000"),
            Map.entry("heartbeat.interval.ms", "500"));

    private static final Map<String, String> OUTGOING = Map.ofEntries(
            Map.entry("connector", "smallrye-kafka"),
            Map.entry("key.serializer", "org.apache.kafka.common.serialization.StringSerializer"),
            Map.entry("value.serializer", "dev.tidemark.events.kafka.EventSerializer"),
            Map.entry("partitioner.class", "dev.tidemark.events.kafka.EventPartitioner"),
            Map.entry("acks", "all"),
            Map.entry("linger.ms", "0"),
            Map.entry("cloud-events", "false"),
            Map.entry("delivery.timeout.ms", "20000"),
            Map.entry("request.timeout.ms", "10000"),
            Map.entry("max.block.ms", "10000"),
            Map.entry("max.request.size", Integer.toString(RecordLimits.EVENT_BYTES)));

    /** What follows from the channel's name and topic. */
    private static final Set<String> INCOMING_NAMES =
            Set.of("topic", "group.id", "client.id", "dead-letter-queue.topic", "dead-letter-queue.client.id");

    private static final Set<String> OUTGOING_NAMES = Set.of("topic", "client.id");

    /** What a channel may say besides, with a comment in the service's defaults. */
    private static final Set<String> INCOMING_MAY = Set.of(
            "consumer-rebalance-listener.name",
            "commit-strategy",
            "throttled.unprocessed-record-max-age.ms",
            "max.poll.records",
            "max.poll.interval.ms",
            "group.instance.id",
            "dead-letter-queue.key.serializer",
            "dead-letter-queue.value.serializer");

    private static final Set<String> OUTGOING_MAY =
            Set.of("waitForWriteCompletion", "max-inflight-messages", "compression.type");

    /** Clusters share a broker, never a topic or a group: it has no default here, or a channel could do without. */
    private static final String PREFIX = "${tidemark.topic-prefix}";

    static Stream<Channel> channels() {
        return Channel.in(PROJECT);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void saysWhatEveryChannelMustSay(Channel channel) {
        assertThat(faults(channel)).isEmpty();
    }

    @Test
    void everyServiceThatReadsOrWritesTheLogHasChannels() {
        assertThat(channels().map(Channel::service))
                .containsAll(PROJECT.mainJava()
                        .filter(f -> SourceTree.SERVICES.contains(f.module()))
                        .filter(f -> f.imports().stream()
                                .anyMatch(name -> name.startsWith("org.eclipse.microprofile.reactive.messaging.")))
                        .map(SourceFile::module)
                        .toList());
    }

    @Test
    void noTwoChannelsShareAClient() {
        assertThat(channels().flatMap(channel -> Stream.of(
                                channel.setting("client.id"), channel.setting("dead-letter-queue.client.id"))
                        .filter(id -> !id.isEmpty())))
                .doesNotHaveDuplicates();
        assertThat(channels().filter(c -> c.direction() == Direction.INCOMING).map(c -> c.setting("group.id")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void isUsedByItsService(Channel channel) {
        assertThat(PROJECT.mainJava()
                        .filter(f -> f.module().equals(channel.service()))
                        .filter(f -> f.text().contains('"' + channel.name() + '"')))
                .as("sources that name the channel")
                .isNotEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("poll-timeout", "10"),
                Arguments.of("isolation.level", ""),
                Arguments.of("isolation-level", "read_committed"),
                Arguments.of("dead-letter-queue.max.request.size", "1048576"),
                Arguments.of("topic", "orders"),
                Arguments.of("topic", "tag-selected"),
                Arguments.of("dead-letter-queue.topic", PREFIX + "tag-selected.dead-letters"),
                Arguments.of("dead-letter-queue.topic", "tag-selected.dead-letter"),
                Arguments.of("group.id", PREFIX + "tidemark"),
                Arguments.of("group.id", "git-committer-tag-selected"),
                Arguments.of("client.id", "tidemark"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void canFail(String key, String value) {
        String name = "git-committer-tag-selected-in";
        Map<String, String> settings = new HashMap<>(INCOMING);
        settings.put("topic", PREFIX + "tag-selected");
        settings.put("group.id", PREFIX + "git-committer-tag-selected");
        settings.put("client.id", name);
        settings.put("dead-letter-queue.topic", PREFIX + "tag-selected.dead-letter");
        settings.put("dead-letter-queue.client.id", name + "-dead-letter");
        assertThat(faults(new Channel("git-committer", Direction.INCOMING, name, Map.copyOf(settings))))
                .isEmpty();
        settings.put(key, value);
        assertThat(faults(new Channel("git-committer", Direction.INCOMING, name, settings)))
                .isNotEmpty();
    }

    @Test
    void aWayOutForAllTopicsNamesNone() {
        Map<String, String> settings = new HashMap<>(OUTGOING);
        settings.put("client.id", "git-committer-out");
        assertThat(faults(new Channel("git-committer", Direction.OUTGOING, "git-committer-out", Map.copyOf(settings))))
                .isEmpty();
        settings.put("topic", PREFIX + "tag-selected");
        assertThat(faults(new Channel("git-committer", Direction.OUTGOING, "git-committer-out", settings)))
                .isNotEmpty();
    }

    private static List<String> faults(Channel channel) {
        boolean incoming = channel.direction() == Direction.INCOMING;
        List<String> faults = new ArrayList<>();
        (incoming ? INCOMING : OUTGOING).forEach((key, value) -> expect(faults, channel, key, value));

        expect(faults, channel, "client.id", channel.name());
        String topic = channel.setting("topic").replace(PREFIX, "");
        if (isForAllTopics(channel)) {
            // each message says its own, so one that is set would only hide a message that does not
            expect(faults, channel, "topic", "");
        } else {
            if (Topic.named(topic).isEmpty()) {
                faults.add("topic '" + topic + "' is not one of the log");
            }
            expect(faults, channel, "topic", PREFIX + topic);
            String name = channel.service() + '-' + topic + (incoming ? "-in" : "-out");
            if (!channel.name().equals(name)) {
                faults.add("the channel's name is not '" + name + "'");
            }
        }
        if (incoming) {
            expect(faults, channel, "group.id", PREFIX + channel.service() + '-' + topic);
            expect(
                    faults,
                    channel,
                    "dead-letter-queue.topic",
                    PREFIX + Topic.named(topic).map(Topic::deadLetterName).orElse(""));
            expect(faults, channel, "dead-letter-queue.client.id", channel.name() + "-dead-letter");
        }
        channel.settings().keySet().stream()
                .filter(key -> !isKnown(key, incoming))
                .forEach(key -> faults.add("'" + key + "' is not a setting that a channel may have"));
        return faults;
    }

    /** A service's one way out: each event goes to the topic of its type. */
    private static boolean isForAllTopics(Channel channel) {
        return channel.direction() == Direction.OUTGOING && channel.name().equals(channel.service() + "-out");
    }

    private static boolean isKnown(String key, boolean incoming) {
        return incoming
                ? INCOMING.containsKey(key) || INCOMING_NAMES.contains(key) || INCOMING_MAY.contains(key)
                : OUTGOING.containsKey(key) || OUTGOING_NAMES.contains(key) || OUTGOING_MAY.contains(key);
    }

    private static void expect(List<String> faults, Channel channel, String key, String value) {
        if (!channel.setting(key).equals(value)) {
            faults.add(key + " is '" + channel.setting(key) + "' and not '" + value + "'");
        }
    }
}

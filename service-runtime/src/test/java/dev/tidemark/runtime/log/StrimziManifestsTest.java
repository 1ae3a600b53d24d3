package dev.tidemark.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.log.AclList.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;

/** The topics and users of {@code deploy/overlays/strimzi} are those that the services make and need. */
class StrimziManifestsTest {

    private static final Path OVERLAY =
            Path.of(System.getProperty("tidemark.root", ".."), "deploy", "overlays", "strimzi");

    /** As many brokers as the overlay has; the rest is what the settings say by themselves. */
    private static final LogSettings SETTINGS = new LogSettings(12, (short) 3, Duration.ofDays(30));

    private static final String MADE = "# Made from the code, and held to it by StrimziManifestsTest.\n";

    @Test
    void topicsAreWhatTheServicesWouldMake() throws IOException {
        StringBuilder topics = new StringBuilder(MADE);
        LogUser.topics(List.of(LogUser.values()), SETTINGS).forEach(topic -> topics.append(topic(topic)));

        assertMade("topics.yaml", topics.toString());
    }

    @Test
    void usersHaveTheRightsThatTheServicesNeed() throws IOException {
        StringBuilder users = new StringBuilder(MADE);
        Stream.of(LogUser.values()).forEach(user -> users.append(user(user)));

        assertMade("users.yaml", users.toString());
    }

    /** Run with {@code -Dtidemark.update-docs=true} to write them anew. */
    private static void assertMade(String name, String content) throws IOException {
        Path file = OVERLAY.resolve(name);
        if (Boolean.getBoolean("tidemark.update-docs")) {
            Files.writeString(file, content);
        }

        assertThat(file).content().isEqualTo(content);
    }

    private static String topic(PlannedTopic topic) {
        StringBuilder text = new StringBuilder("""
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: tidemark
                spec:
                  partitions: %d
                  replicas: %d
                  config:
                """.formatted(
                        topic.name(), topic.partitions(), topic.replication().factor()));
        new TreeMap<>(topic.settings()).forEach((key, value) -> text.append("    %s: %s\n".formatted(key, value)));
        return text.toString();
    }

    private static String user(LogUser user) {
        StringBuilder text = new StringBuilder("""
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaUser
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: tidemark
                spec:
                  authentication:
                    type: scram-sha-512
                  authorization:
                    type: simple
                    acls:
                """.formatted(user.serviceName()));
        List<Right> rights = new ArrayList<>(AclList.of(user, TopicNames.PLAIN));
        // topics are made by the operator, but nobody knows what Streams will call its changelogs
        AclList.toMakeTopics(user, TopicNames.PLAIN).stream()
                .filter(right -> right.pattern() == PatternType.PREFIXED)
                .forEach(rights::add);
        rights.forEach(right -> text.append(acl(right)));
        return text.toString();
    }

    private static String acl(Right right) {
        List<String> operations =
                new TreeSet<>(right.operations()).stream().map(Right::word).toList();
        return """
                      - resource: {type: %s, name: %s, patternType: %s}
                        operations: [%s]
                """.formatted(
                        switch (right.type()) {
                            case TOPIC -> "topic";
                            case GROUP -> "group";
                            case TRANSACTIONAL_ID -> "transactionalId";
                            case CLUSTER -> "cluster";
                            default -> throw new IllegalArgumentException("Strimzi has no " + right.type());
                        },
                        right.name(),
                        right.pattern() == PatternType.PREFIXED
                                ? "prefix"
                                : right.pattern().name().toLowerCase(Locale.ROOT),
                        String.join(", ", operations));
    }
}

package dev.tidemark.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.events.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicNamesTest {

    /** Among them names that look like the topics', the groups' and the suffix of dead letters. */
    private static final List<String> CLUSTERS =
            List.of("local", "prod", "prod.eu", "tag-selected", "dead-letter", "policy-evaluator");

    @Test
    void noTwoClustersShareAName() {
        Set<String> names = new HashSet<>();
        for (String cluster : CLUSTERS) {
            TopicNames of = TopicNames.of(cluster, Optional.empty());
            for (Topic topic : Topic.values()) {
                assertThat(names.add(of.name(topic))).as(of.name(topic)).isTrue();
                assertThat(names.add(of.deadLetters(topic)))
                        .as(of.deadLetters(topic))
                        .isTrue();
            }
            assertThat(names.add(of.group("policy-evaluator"))).isTrue();
        }
    }

    @Test
    void aTopicIsKnownByItsRealName() {
        for (String cluster : CLUSTERS) {
            TopicNames of = TopicNames.of(cluster, Optional.empty());
            for (Topic topic : Topic.values()) {
                assertThat(Topic.named(of.name(topic))).contains(topic);
                assertThat(Topic.named(of.deadLetters(topic))).isEmpty();
            }
        }
    }

    @Test
    void aPrefixThatIsSetIsTakenAsItIs() {
        assertThat(TopicNames.of("prod", Optional.of("team-a_")).name(Topic.TAG_SELECTED))
                .isEqualTo("team-a_tag-selected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicNames.of("a/b", Optional.empty()))
                .withMessageContaining("'a/b.'")
                .withMessageContaining("set tidemark.topic-prefix");
    }
}

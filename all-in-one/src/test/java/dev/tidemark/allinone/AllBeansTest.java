package dev.tidemark.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.memory.HeapNeed;
import dev.tidemark.runtime.memory.HeapNeeds;
import io.quarkus.arc.All;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The beans of all services in one container: nothing ambiguous, every channel found, everything ready. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class AllBeansTest {

    @Inject
    SmallRyeHealthReporter health;

    @Inject
    ChannelRegistry channels;

    @Inject
    LogClients log;

    @All
    @Inject
    List<HeapNeeds> heapNeeds;

    @Test
    void becomesReady() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        health.getReadiness().getPayload().toString())
                .contains("\"status\":\"UP\"")
                .doesNotContain("\"status\":\"DOWN\""));
    }

    @Test
    void whoeverFollowsFeedsSaysWhatHeExpectsToNeed() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(heapNeeds.stream()
                        .flatMap(service -> service.now().stream())
                        .map(HeapNeed::service))
                .containsExactlyInAnyOrder("registry-watcher", "policy-evaluator"));
    }

    @Test
    void everyServiceHasItsChannels() {
        Set<String> names = new HashSet<>(channels.getIncomingNames());
        names.addAll(channels.getEmitterNames());

        assertThat(names)
                .anyMatch(name -> name.startsWith("registry-watcher-"))
                .anyMatch(name -> name.startsWith("policy-evaluator-"))
                .anyMatch(name -> name.startsWith("git-committer-"))
                .anyMatch(name -> name.startsWith("gitless-renderer-"));
    }

    @Test
    void everyTopicAndItsDeadLettersExist() throws Exception {
        try (Admin admin = log.admin("test", Duration.ofSeconds(30))) {
            Set<String> names = admin.listTopics().names().get(30, TimeUnit.SECONDS);

            assertThat(names)
                    .containsAll(
                            Arrays.stream(Topic.values()).map(Topic::topicName).toList())
                    .containsAll(Arrays.stream(Topic.values())
                            .map(Topic::deadLetterName)
                            .toList());
        }
    }
}

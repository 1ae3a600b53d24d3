package dev.tidemark.runtime.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.EventReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private final Deliveries deliveries = new Deliveries(Topic.REGISTRY_NOTIFIED, 2, new EventReader());

    /** The broker may take its time: who has finished a record does not wait for it. */
    @Test
    void asksForAPositionWithoutItsLock() {
        deliveries.begin(Set.of(1));
        var question = new Questions.Question(new Epoch(1, 1), new CompletableFuture<>());
        Map<Integer, Long> commits = deliveries.committable(List.of(question), partition -> {
            assertThat(Thread.holdsLock(deliveries)).isFalse();
            return 7;
        });
        assertThat(commits).isEqualTo(Map.of(1, 7L));
    }
}

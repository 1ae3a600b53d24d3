package dev.tidemark.runtime.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedPublisherTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final List<Publication> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Void>> open = new ArrayList<>();

    private CompletableFuture<Void> keep(Publication publication) {
        sent.add(publication);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        open.add(answer);
        return answer;
    }

    private static List<Publication> tombstones(int count) {
        return IntStream.range(0, count)
                .<Publication>mapToObj(n -> new Publication.Tombstone(Topic.TAG_DISCOVERED, "k" + n))
                .toList();
    }

    @Test
    void sendsInOrderAndReturnsWhenTheBrokerHasAll() {
        var publisher = new BoundedPublisher(() -> publication -> {
            sent.add(publication);
            return CompletableFuture.completedFuture(null);
        });
        publisher.append(tombstones(2000));
        assertThat(sent).isEqualTo(tombstones(2000));
    }

    @Test
    void neverHasMoreUnderWayThanTheBound() {
        var publisher = new BoundedPublisher(() -> this::keep, SHORT);
        assertThatThrownBy(() -> publisher.append(tombstones(2000)))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessage("the broker does not answer");
        assertThat(sent).hasSize(BoundedPublisher.MAX_IN_FLIGHT);
        open.forEach(answer -> answer.complete(null));
        assertThatThrownBy(() -> publisher.append(tombstones(1))).isInstanceOf(LogUnavailableException.class);
        assertThat(sent).hasSize(BoundedPublisher.MAX_IN_FLIGHT + 1);
    }

    @Test
    void aFailureIsTheBrokersAndLeavesRoomForTheNext() {
        var publisher = new BoundedPublisher(
                () -> publication -> CompletableFuture.failedFuture(new IllegalStateException("too large")));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> publisher.append(tombstones(BoundedPublisher.MAX_IN_FLIGHT)))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("too large");
        }
    }

    @Test
    void aSenderThatThrowsLeavesRoomToo() {
        var publisher = new BoundedPublisher(() -> {
            throw new IllegalStateException("no client");
        });
        for (int i = 0; i < BoundedPublisher.MAX_IN_FLIGHT + 1; i++) {
            assertThatThrownBy(() -> publisher.append(tombstones(1))).hasMessage("no client");
        }
    }

    @Test
    void anInterruptedCallerStops() {
        var publisher = new BoundedPublisher(() -> this::keep);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> publisher.append(tombstones(1))).hasMessage("stopped while writing");
        assertThat(Thread.interrupted()).isTrue();
    }
}

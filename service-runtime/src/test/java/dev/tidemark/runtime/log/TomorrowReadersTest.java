package dev.tidemark.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.testkit.contract.Tomorrow;
import dev.tidemark.testkit.contract.Tomorrow.Changed;
import dev.tidemark.testkit.contract.Tomorrow.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newer build writes is no dead letter, is read as far as it goes, and changes nothing where it is not known. */
class TomorrowReadersTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final InMemoryLog log = new InMemoryLog(12);
    private final LogClients clients = log.clients();

    static Stream<Changed> changed() {
        return Tomorrow.all();
    }

    private static Topic topic(Changed changed) {
        return Topic.named(changed.topic()).orElseThrow();
    }

    /** Today's record, and behind it tomorrow's under the same key. */
    private void append(Changed changed) {
        log.append(topic(changed), changed.key(), changed.valueOfToday(), Map.of());
        log.append(topic(changed), changed.key(), changed.value(), Map.of());
    }

    @ParameterizedTest
    @MethodSource("changed")
    void aTableShowsTheNewestThatItKnows(Changed changed) throws InterruptedException {
        append(changed);
        try (TopicTable table = new TopicTable(topic(changed), clients, "table", log.deadLetters(), keys -> {})) {
            table.start();
            assertThat(table.catchUp(LIMIT)).isTrue();
            byte[] newest = changed.what().isRead() ? changed.value() : changed.valueOfToday();
            assertThat(table.find(changed.key())).contains(EventCodec.decode(newest));
            assertThat(table.health()).isInstanceOf(TableHealth.Following.class);
        }
        assertThat(log.putAside()).isZero();
    }

    @ParameterizedTest
    @MethodSource("changed")
    void aScanPassesOverWhatItDoesNotKnow(Changed changed) {
        append(changed);
        int partition = Partitioning.partition(topic(changed), changed.key(), 12);
        List<@Nullable Envelope<?>> read = new ArrayList<>();
        new TopicScan(clients, "scan").read(topic(changed), List.of(partition), (key, event) -> read.add(event));
        assertThat(read).hasSize(changed.what().isRead() ? 2 : 1).doesNotContainNull();
    }

    /** Thousands of records come during an upgrade. */
    @Test
    void whatIsNewerIsCountedByItsKind() {
        EventReader reader = new EventReader();
        for (int time = 0; time < 3; time++) {
            Tomorrow.of("control-requested").forEach(one -> reader.read(Topic.CONTROL_REQUESTED, one.value()));
        }
        assertThat(reader.newer())
                .isEqualTo(Map.of(
                        "control-requested: dev.tidemark.control-requested.v1 'action'", 3L,
                        "control-requested: dev.tidemark.control-requested.v2", 3L,
                        "control-requested: dev.tidemark.something-new.v1", 3L));
    }

    /** Whoever writes names of types at random must not fill the memory. */
    @Test
    void thereIsABoundOnTheKinds() {
        EventReader reader = new EventReader();
        String text = Tomorrow.of("control-requested").stream()
                .filter(one -> one.what() == What.TYPE)
                .findFirst()
                .orElseThrow()
                .text();
        for (int number = 0; number < 1_000; number++) {
            String one = text.replace("something-new.v1", "something-new.v" + number);
            reader.read(Topic.CONTROL_REQUESTED, one.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(reader.newer()).hasSize(101).containsEntry("others", 900L);
    }
}

package dev.tidemark.watcher.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.InMemoryLog;
import dev.tidemark.watcher.reconcile.OwnedFeeds;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestedChecksTableTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final int PARTITIONS = 4;
    private static final int LAST = 1_000;

    private final InMemoryLog log = new InMemoryLog(PARTITIONS);
    private final RequestedChecksTable table =
            new RequestedChecksTable(log.clients(), log.deadLetters(), new OwnedFeeds(PARTITIONS));

    @AfterEach
    void close() {
        table.close();
    }

    private static Feed feed(int number) {
        return new Feed(new ImageName("ghcr.io/my-org/app-" + number), "");
    }

    private static Event.TagCheckWanted check(int number) {
        return new Event.TagCheckWanted(feed(number), "1.0", Event.CheckPurpose.DIGEST_ONCE, null);
    }

    /** In each partition the last record shows that those before it were read. */
    private void readToTheEnd() {
        for (int i = LAST; i < LAST + 10 * PARTITIONS; i++) {
            log.append(check(i), NOW);
        }
        table.start();
        for (int i = LAST; i < LAST + 10 * PARTITIONS; i++) {
            String key = Keys.of(check(i));
            await().until(() -> table.find(key).isPresent());
        }
    }

    @Test
    void givesEachPartitionItsOwnRequests() {
        for (int i = 0; i < 20; i++) {
            log.append(check(i), NOW);
        }
        readToTheEnd();

        for (int i = 0; i < 20; i++) {
            String key = Keys.of(check(i));
            int own = Partitioning.partition(Topic.TAG_CHECK_WANTED, key, PARTITIONS);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(table.keys(partition).contains(key)).isEqualTo(partition == own);
            }
            assertThat(table.find(key)).isPresent();
        }
    }

    @Test
    void aWithdrawnRequestIsNone() {
        log.append(check(1), NOW);
        log.tombstone(Topic.TAG_CHECK_WANTED, Keys.of(check(1)), Map.of());
        readToTheEnd();

        assertThat(table.find(Keys.of(check(1)))).isEmpty();
    }

    @Test
    void whatStandsUnderAnotherKeyIsNobodysRequest() {
        String other = Keys.of(check(2));
        log.append(Topic.TAG_CHECK_WANTED, other, EventCodec.encode(Envelope.first(check(1), "test", NOW)), Map.of());
        readToTheEnd();

        assertThat(table.find(other)).isEmpty();
    }
}

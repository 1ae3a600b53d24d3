package dev.tidemark.watcher.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Topic;
import dev.tidemark.watcher.domain.FeedMemory;
import dev.tidemark.watcher.domain.KnownTags;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else has written into the topics costs that record only, also at every later start (faults P1). */
class KafkaRestoreTest {

    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Scan SCAN = new Scan("s", NOW);
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private final Map<Feed, FeedMemory> memories = new HashMap<>();

    private void take(@Nullable String key, @Nullable Event event) {
        Envelope<?> envelope =
                event == null ? null : EventCodec.decode(EventCodec.encode(Envelope.correlated(event, "t", NOW, "c")));
        KafkaRestore.takeOrName(memories, Topic.TAG_DISCOVERED, key, envelope);
    }

    private KnownTags tags() {
        return memories.getOrDefault(FEED, new FeedMemory()).tags();
    }

    private static Event found(String tag, @Nullable String digest) {
        return new Event.TagDiscovered(FEED, tag, digest, SCAN, Scope.TAG, NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "",
                "x",
                "sha256",
                "\u0000:\uFFFF"
            })
    void aDigestThatIsNoneCostsThatRecordOnly(String digest) {
        take("k", found("1.0", DIGEST));
        take("k", found("2.0", digest));
        take("k", found("3.0", DIGEST));
        assertThat(tags().size()).isEqualTo(2);
        assertThat(tags().contains("2.0")).isFalse();
    }

    @Test
    void aTagThatIsNoneCostsThatRecordOnly() {
        take("k", found("1.0", DIGEST));
        take("k", found("x".repeat(300), null));
        take("k", found("\uD83D\uDE00", null));
        take("k", new Event.TagRemoved(FEED, "a b", SCAN, Scope.SCAN));
        take("k", found("4.0", null));
        assertThat(tags().size()).isEqualTo(2);
        assertThat(tags().find("1.0").orElseThrow().digest()).isEqualTo(DIGEST);
    }

    @Test
    void timesBeyondAllReasonAndStrangeTombstonesStopNothing() {
        take("k", new Event.TagDiscovered(FEED, "1.0", null, SCAN, Scope.TAG, Instant.MAX));
        take("k", new Event.FeedScanned(FEED, new Scan("s", Instant.MIN), 1, "", Instant.MAX));
        take("k", new Event.ControlRequested("everything", Event.ControlAction.HALT, "me", "why"));
        take(null, null);
        take("#|#|", null);
        take("x#\u0001|", null);
        take("k", found("2.0", DIGEST));
        assertThat(tags().contains("2.0")).isTrue();
        take("ghcr.io/o/a#|2.0", null);
        assertThat(tags().contains("2.0")).isFalse();
    }
}

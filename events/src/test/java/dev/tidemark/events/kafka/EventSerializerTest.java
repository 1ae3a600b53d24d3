package dev.tidemark.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Scan;
import dev.tidemark.events.UndecodableException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

/** One record, whoever writes it: CloudEvents 1.0, Kafka binding, binary mode. */
class EventSerializerTest {

    private static final String TOPIC = "tag-discovered";
    private static final Envelope<?> ENVELOPE = new Envelope<>(
            "i-1",
            "registry-watcher",
            Instant.parse("2026-11-22T09:30:00.120Z"),
            "c-1",
            "i-0",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            new Event.TagRemoved(
                    Feed.parse("ghcr.io/my-org/my-app#"),
                    "1.4.1",
                    new Scan("s", Instant.parse("2026-11-22T09:29:59Z")),
                    Event.Scope.TAG));

    @Test
    void writesTheAttributesAsHeaders() {
        Headers headers = new RecordHeaders();
        new EventSerializer().serialize(TOPIC, headers, ENVELOPE);
        assertThat(texts(headers))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "content-type", "application/json",
                        "ce_specversion", "1.0",
                        "ce_id", "i-1",
                        "ce_type", "dev.tidemark.tag-removed.v1",
                        "ce_source", "registry-watcher",
                        "ce_subject", "ghcr.io/my-org/my-app#|1.4.1",
                        "ce_time", "2026-11-22T09:30:00.120Z",
                        "ce_correlationid", "c-1",
                        "ce_causationid", "i-0",
                        "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    }

    @Test
    void channelsAndStreamsWriteTheSame() {
        Headers ofChannel = new RecordHeaders();
        Headers ofStreams = new RecordHeaders();
        byte[] channel = new EventSerializer().serialize(TOPIC, ofChannel, ENVELOPE);
        var serde = Serdes.serdeFrom(new EventSerializer(), new EventDeserializer());
        byte[] streams = serde.serializer().serialize(TOPIC, ofStreams, ENVELOPE);
        assertThat(channel).isEqualTo(streams).isEqualTo(EventCodec.encode(ENVELOPE));
        assertThat(texts(ofChannel)).isEqualTo(texts(ofStreams));
        assertThat(serde.deserializer().deserialize(TOPIC, ofStreams, streams))
                .isEqualTo(new EventDeserializer().deserialize(TOPIC, channel))
                .isEqualTo(ENVELOPE);
    }

    @Test
    void replacesHeadersThatTravelledAlong() {
        Headers headers = new RecordHeaders();
        headers.add("ce_id", "of the record that led here".getBytes(UTF_8));
        headers.add("traceparent", "old".getBytes(UTF_8));
        headers.add("unrelated", "kept".getBytes(UTF_8));
        new EventSerializer().serialize(TOPIC, headers, ENVELOPE);
        assertThat(headers.headers("ce_id")).hasSize(1);
        assertThat(headers.headers("traceparent")).hasSize(1);
        assertThat(texts(headers)).containsEntry("ce_id", "i-1").containsEntry("unrelated", "kept");
    }

    @Test
    void nullIsATombstone() {
        Headers headers = new RecordHeaders();
        assertThat(new EventSerializer().serialize(TOPIC, headers, null)).isNull();
        assertThat(headers).isEmpty();
        assertThat(new EventDeserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void refusesWhatIsNoEvent() {
        assertThatThrownBy(() -> new EventDeserializer().deserialize(TOPIC, "x".getBytes(UTF_8)))
                .isInstanceOf(UndecodableException.class);
    }

    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new LinkedHashMap<>();
        headers.forEach(h -> texts.put(h.key(), new String(requireNonNull(h.value()), UTF_8)));
        return texts;
    }
}

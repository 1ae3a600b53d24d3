package dev.tidemark.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.SampleEvents.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire form of every event, against files that are never changed. */
class SamplesTest {

    static Stream<Sample> samples() {
        return SampleEvents.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadAsTheRecord(Sample sample) throws IOException {
        assertThat(EventCodec.decode(file(sample))).isEqualTo(sample.envelope());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isWrittenByteForByte(Sample sample) throws IOException {
        assertThat(new String(EventCodec.encode(sample.envelope()), UTF_8)).isEqualTo(new String(file(sample), UTF_8));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void keepsItsKeyTopicAndPartition(Sample sample) throws IOException {
        String[] place = keys().getProperty(sample.file()).split(" ", 3);
        Topic topic = Topic.named(place[0]).orElseThrow();
        assertThat(Keys.isUnder(topic, place[2], EventCodec.decode(file(sample)).event()))
                .isTrue();
        assertThat(Partitioning.partition(topic, place[2], 12)).isEqualTo(Integer.parseInt(place[1]));
    }

    /** Where records lie that are written now; those of a few types lay elsewhere once. */
    @Test
    void everyTypeHasASampleWhereItIsWritten() throws IOException {
        Set<EventType> written = EnumSet.noneOf(EventType.class);
        for (Sample sample : samples().toList()) {
            Envelope<?> envelope = sample.envelope();
            if (keys().getProperty(sample.file())
                    .matches(envelope.type().topic().topicName() + " [0-9]+ " + Pattern.quote(envelope.key()))) {
                written.add(envelope.type());
            }
        }
        assertThat(written).containsExactlyInAnyOrder(EventType.values());
    }

    @Test
    void everyTypeHasASampleNamedAfterIt() {
        assertThat(samples().map(Sample::file))
                .containsAll(Arrays.stream(EventType.values())
                        .map(type -> type.wireName().replaceAll("^dev\\.tidemark\\.|\\.v1$", ""))
                        .toList());
    }

    @Test
    void everySampleHasAKey() throws IOException {
        assertThat(keys().stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(samples().map(Sample::file).toList());
    }

    private static byte[] file(Sample sample) throws IOException {
        String text = new String(bytes(sample.file() + ".json"), UTF_8);
        assertThat(text).as("the file ends with a line end").endsWith("}\n");
        return text.strip().getBytes(UTF_8);
    }

    private static Properties keys() throws IOException {
        Properties keys = new Properties();
        keys.load(new java.io.StringReader(new String(bytes("keys.properties"), UTF_8)));
        return keys;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = SamplesTest.class.getResourceAsStream("/samples/v1/" + name)) {
            if (in == null) {
                throw new AssertionError("the sample " + name + " is missing");
            }
            return in.readAllBytes();
        }
    }
}

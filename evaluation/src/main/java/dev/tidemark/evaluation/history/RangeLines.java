package dev.tidemark.evaluation.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.evaluation.Withdrawal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The lines of a range: a header, records, and the last one, which says that nothing is cut off. */
final class RangeLines {

    /** The first member of the first line. */
    static final String FORMAT = "tidemark-range/v1";

    private static final JsonFactory JSON = new JsonFactory();

    private RangeLines() {}

    static byte[] header(RangeHeader header) {
        return line(json -> {
            json.writeStringField("format", FORMAT);
            json.writeStringField("cluster", header.cluster());
            json.writeStringField("evaluator", header.evaluator());
            json.writeNumberField("partitions", header.partitions());
            json.writeStringField("from", header.from().toString());
            json.writeStringField("since", header.since().toString());
            json.writeStringField("until", header.until().toString());
        });
    }

    static byte[] end(long records) {
        return line(json -> json.writeNumberField("records", records));
    }

    static byte[] record(HistoryRecord record) {
        return line(json -> {
            json.writeStringField("topic", record.topic().topicName());
            json.writeNumberField("partition", record.partition());
            json.writeNumberField("offset", record.offset());
            json.writeStringField("at", record.at().toString());
            json.writeStringField("key", record.key());
            if (record.withdrawal() instanceof Withdrawal.Moved moved) {
                json.writeStringField(
                        "movedTo", moved.to() == null ? "" : moved.to().text());
            }
            Long epoch = record.epoch();
            if (epoch != null) {
                json.writeNumberField("epoch", epoch);
            }
            value(json, record.value());
        });
    }

    /** As it stands in the log, also what no version of ours reads. */
    private static void value(JsonGenerator json, byte @Nullable [] value) throws IOException {
        if (value == null) {
            json.writeNullField("value");
            return;
        }
        String text = jsonText(value);
        if (text == null) {
            json.writeStringField("bytes", Base64.getEncoder().encodeToString(value));
        } else {
            json.writeFieldName("value");
            json.writeRawValue(text);
        }
    }

    /** The value as one line of JSON: outside of texts, which have none, breaks of lines are blanks. Null for no JSON. */
    private static @Nullable String jsonText(byte[] value) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            try (JsonParser parser = JSON.createParser(text)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return null;
                }
                parser.skipChildren();
                return parser.nextToken() == null ? text.replace('\n', ' ').replace('\r', ' ') : null;
            }
        } catch (CharacterCodingException | JsonProcessingException foreign) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] line(Members members) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }
}

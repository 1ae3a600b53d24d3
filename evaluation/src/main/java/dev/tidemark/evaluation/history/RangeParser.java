package dev.tidemark.evaluation.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Topic;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a range. Members that this version does not know are skipped: ranges grow by addition. */
final class RangeParser {

    /** A value may be as deep as any JSON that Jackson reads, and stands one level deeper here. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(StreamReadConstraints.DEFAULT_MAX_DEPTH + 1)
                    .build())
            .build();

    private static final String FORMATS = RangeLines.FORMAT.substring(0, RangeLines.FORMAT.indexOf("/v") + 2);

    private static final Map<String, Topic> TOPICS =
            Arrays.stream(Topic.values()).collect(Collectors.toUnmodifiableMap(Topic::topicName, Function.identity()));

    private RangeParser() {}

    /** What a line is. */
    sealed interface Line {
        record OfLog(HistoryRecord record) implements Line {}

        /** A record of a topic that this version does not know. */
        record Foreign(String topic) implements Line {}

        record End(long records) implements Line {}
    }

    /** A line that is none; the message says why. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    static RangeHeader header(byte[] line) throws MalformedException {
        Members members = Members.of(line);
        String format = members.format;
        if (format == null || !format.startsWith(FORMATS)) {
            throw new MalformedException("it is no header of a range, which ./tidemark export writes");
        }
        if (!format.equals(RangeLines.FORMAT)) {
            throw new MalformedException("its format is " + format + " and this version reads " + RangeLines.FORMAT
                    + ": use the version that exported it");
        }
        try {
            return new RangeHeader(
                    required(members.cluster, "cluster"),
                    required(members.evaluator, "evaluator"),
                    (int) Math.min(required(members.partitions, "partitions"), Integer.MAX_VALUE),
                    Instant.parse(required(members.from, "from")),
                    Instant.parse(required(members.since, "since")),
                    Instant.parse(required(members.until, "until")));
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new MalformedException("it is no header of a range: " + wrong.getMessage());
        }
    }

    static Line line(byte[] line) throws MalformedException {
        Members members = Members.of(line);
        if (members.topic == null) {
            return new Line.End(required(members.records, "topic"));
        }
        Topic topic = TOPICS.get(members.topic);
        if (topic == null) {
            return new Line.Foreign(members.topic);
        }
        try {
            return new Line.OfLog(new HistoryRecord(
                    topic,
                    Math.toIntExact(required(members.partition, "partition")),
                    required(members.offset, "offset"),
                    Instant.parse(required(members.at, "at")),
                    required(members.key, "key"),
                    withdrawal(members.movedTo),
                    members.epoch,
                    members.value(line)));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException wrong) {
            throw new MalformedException("it is no record: " + wrong.getMessage());
        }
    }

    private static Withdrawal withdrawal(@Nullable String movedTo) {
        return movedTo == null
                ? new Withdrawal.Deleted()
                : new Withdrawal.Moved(movedTo.isEmpty() ? null : new ImageName(movedTo));
    }

    private static <T> T required(@Nullable T value, String name) throws MalformedException {
        if (value == null) {
            throw new MalformedException("it is no line of a range: the member '" + name + "' is missing");
        }
        return value;
    }

    /** The members of any line. */
    private static final class Members {
        private @Nullable String format;
        private @Nullable String cluster;
        private @Nullable String evaluator;
        private @Nullable Long partitions;
        private @Nullable String from;
        private @Nullable String since;
        private @Nullable String until;
        private @Nullable Long records;
        private @Nullable String topic;
        private @Nullable Long partition;
        private @Nullable Long offset;
        private @Nullable String at;
        private @Nullable String key;
        private @Nullable String movedTo;
        private @Nullable Long epoch;
        private @Nullable String bytes;
        private int valueFrom = -1;
        private int valueTo;
        private boolean tombstone;

        static Members of(byte[] line) throws MalformedException {
            Members members = new Members();
            try (JsonParser json = JSON.createParser(line)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw new MalformedException("it is no JSON object");
                }
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    members.read(name, json);
                }
                if (json.nextToken() != null) {
                    throw new MalformedException("something follows the JSON object");
                }
                return members;
            } catch (JsonProcessingException broken) {
                var at = broken.getLocation();
                throw new MalformedException(
                        "it is no JSON" + (at == null ? "" : " from column " + at.getColumnNr() + " on"));
            } catch (IOException e) {
                throw new IllegalStateException("bytes in memory are read", e);
            }
        }

        private void read(String name, JsonParser json) throws IOException, MalformedException {
            switch (name) {
                case "format" -> format = json.getValueAsString();
                case "cluster" -> cluster = json.getValueAsString();
                case "evaluator" -> evaluator = json.getValueAsString();
                case "partitions" -> partitions = number(name, json);
                case "from" -> from = json.getValueAsString();
                case "since" -> since = json.getValueAsString();
                case "until" -> until = json.getValueAsString();
                case "records" -> records = number(name, json);
                case "topic" -> topic = json.getValueAsString();
                case "partition" -> partition = number(name, json);
                case "offset" -> offset = number(name, json);
                case "at" -> at = json.getValueAsString();
                case "key" -> key = json.getValueAsString();
                case "movedTo" -> movedTo = json.getValueAsString();
                case "epoch" -> epoch = number(name, json);
                case "bytes" -> bytes = json.getValueAsString();
                case "value" -> readValue(json);
                default -> json.skipChildren();
            }
        }

        private void readValue(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                tombstone = true;
                return;
            }
            valueFrom = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            json.finishToken();
            valueTo = (int) json.currentLocation().getByteOffset();
        }

        private static long number(String name, JsonParser json) throws IOException, MalformedException {
            boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            if (!whole) {
                throw new MalformedException("the member '" + name + "' is no whole number");
            }
            return json.getLongValue();
        }

        private byte @Nullable [] value(byte[] line) throws MalformedException {
            if (bytes != null) {
                return Base64.getDecoder().decode(bytes);
            }
            if (!tombstone && valueFrom < 0) {
                required(null, "value");
            }
            return tombstone ? null : Arrays.copyOfRange(line, valueFrom, valueTo);
        }
    }
}

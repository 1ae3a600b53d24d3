package dev.tidemark.watcher.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tidemark.events.Event.ScanFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads pages of {@code tags/list} while they arrive, never holding one. */
final class TagListReader {

    /** A million tags take about 43 MB; what is larger is not a tag list. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(64 * 1024)
                    .maxNestingDepth(32)
                    .build())
            .build();

    private final String registry;
    private long left;

    /** For all pages of one list. */
    TagListReader(String registry) {
        this(registry, MAX_BYTES);
    }

    TagListReader(String registry, long maxBytes) {
        this.registry = registry;
        this.left = maxBytes;
    }

    /** @throws IOException when the connection breaks */
    void read(InputStream body, Consumer<String> tags) throws RegistryException, IOException {
        try (JsonParser parser = JSON.createParser(new Bounded(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unreadable("it does not answer with a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("tags") && value == JsonToken.START_ARRAY) {
                    readTags(parser, tags);
                } else if (name.equals("tags") && value != JsonToken.VALUE_NULL) {
                    throw unreadable("'tags' is not a list");
                } else {
                    parser.skipChildren();
                }
            }
        } catch (TooLongException e) {
            throw unreadable("the list of tags is longer than " + MAX_BYTES / 1024 / 1024 + " MiB");
        } catch (JsonProcessingException e) {
            throw unreadable("the answer is not JSON or breaks off");
        }
    }

    private void readTags(JsonParser parser, Consumer<String> tags) throws IOException, RegistryException {
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                return;
            }
            if (token != JsonToken.VALUE_STRING) {
                throw unreadable("'tags' has something else than texts");
            }
            tags.accept(parser.getText());
        }
    }

    RegistryException unreadable(String why) {
        return new RegistryException(
                ScanFailure.UNREADABLE_ANSWER,
                "the answer of " + registry + " cannot be used: " + why + "; is it a registry?");
    }

    private static final class TooLongException extends IOException {}

    private final class Bounded extends InputStream {
        private final InputStream body;

        Bounded(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = body.read(into, offset, length);
            left -= Math.max(0, count);
            if (left < 0) {
                throw new TooLongException();
            }
            return count;
        }
    }
}

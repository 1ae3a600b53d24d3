package dev.tidemark.flux;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tidemark.go.time.GoDuration;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlException;
import dev.tidemark.go.yaml.YamlReader;
import dev.tidemark.go.yaml.write.YamlWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The JSON and YAML form of resources: Go durations, RFC 3339 times, absent instead of null, unknown members ignored. */
public final class FluxJson {

    private static final ObjectMapper JSON = configure(JsonMapper.builder().build());
    /** What walks a tree by calling itself has room for this. */
    private static final int MAX_DEPTH = 500;

    private FluxJson() {}

    public static ObjectMapper json() {
        return JSON;
    }

    /**
     * The first document of a text as Kubernetes reads YAML; missing for a text without one.
     *
     * @throws IOException for a text that is no YAML, with the line
     */
    public static JsonNode readYaml(String text) throws IOException {
        try {
            YamlReader.Document document = new YamlReader(text, YamlDialect.KUBERNETES, MAX_DEPTH).next();
            return document == null ? MissingNode.getInstance() : JSON.valueToTree(document.value());
        } catch (YamlException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    /** The value as kubectl shows it: keys sorted. */
    public static String writeYaml(Object value) {
        return YamlWriter.render(JSON.convertValue(value, Object.class));
    }

    private static ObjectMapper configure(ObjectMapper mapper) {
        SimpleModule durations = new SimpleModule("go-durations");
        durations.addDeserializer(Duration.class, new DurationReader());
        durations.addSerializer(Duration.class, new DurationWriter());
        return mapper.registerModule(new JavaTimeModule())
                .registerModule(durations)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .setNodeFactory(new KubernetesNumbers())
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    }

    private static final class DurationReader extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString("");
            Optional<Duration> duration = GoDuration.read(text);
            if (duration.isEmpty()) {
                throw context.weirdStringException(
                        text, Duration.class, "'" + text + "' is not a duration: write for example 30s, 5m or 1h30m");
            }
            return duration.get();
        }
    }

    private static final class DurationWriter extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(GoDuration.text(value));
        }
    }
}

package dev.tidemark.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rules as JSON: those of a kind that this build does not know are kept as they are. */
final class RuleJson {

    private static final String KIND =
            PolicyRule.class.getAnnotation(JsonTypeInfo.class).property();

    private static final Map<String, Class<?>> KINDS = Arrays.stream(
                    PolicyRule.class.getAnnotation(JsonSubTypes.class).value())
            .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::name, JsonSubTypes.Type::value));

    private RuleJson() {}

    static SimpleModule module() {
        return new SimpleModule()
                .addDeserializer(PolicyRule.class, new Reader())
                .addSerializer(PolicyRule.Unsupported.class, new Writer());
    }

    private static final class Reader extends StdDeserializer<PolicyRule> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(PolicyRule.class);
        }

        @Override
        public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types)
                throws IOException {
            return deserialize(parser, context);
        }

        @Override
        public PolicyRule deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode rule = context.readTree(parser);
            JsonNode kind = rule.get(KIND);
            if (kind == null || !kind.isTextual() || KINDS.containsKey(kind.textValue())) {
                // without a kind any of them says so
                String known = kind == null ? "" : kind.asText();
                return (PolicyRule) context.readTreeAsValue(rule, KINDS.getOrDefault(known, PolicyRule.Missing.class));
            }
            LogJson.noticed(context).newer(parser);
            Map<String, Object> members = new TreeMap<>();
            for (Map.Entry<String, JsonNode> member : rule.properties()) {
                if (!member.getKey().equals(KIND)) {
                    members.put(member.getKey(), context.readTreeAsValue(member.getValue(), Object.class));
                }
            }
            return new PolicyRule.Unsupported(kind.textValue(), members);
        }
    }

    private static final class Writer extends StdSerializer<PolicyRule.Unsupported> {

        private static final long serialVersionUID = 1L;

        Writer() {
            super(PolicyRule.Unsupported.class);
        }

        @Override
        public void serializeWithType(
                PolicyRule.Unsupported rule, JsonGenerator json, SerializerProvider provider, TypeSerializer types)
                throws IOException {
            serialize(rule, json, provider);
        }

        @Override
        public void serialize(PolicyRule.Unsupported rule, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeStartObject();
            json.writeStringField(KIND, rule.kind());
            for (Map.Entry<String, Object> member : rule.members().entrySet()) {
                json.writeFieldName(member.getKey());
                provider.defaultSerializeValue(member.getValue(), json);
            }
            json.writeEndObject();
        }
    }
}

package dev.tidemark.watcher.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What Go said about bodies as senders and attackers encode them; {@code src/test/go/webhookbodies} asked it. */
class GoVerdictsTest {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20_000)
                            .build())
                    .build())
            .build();

    private static final Trust TRUST = new Trust("s3cr3t-token", "a", "b@c.example", (token, audience, email) -> true);

    @Test
    void everyBodyIsTakenOrRefusedAsGoDoes() throws IOException {
        List<String> differences = new ArrayList<>();
        int count = 0;
        for (JsonNode verdict : verdicts()) {
            count++;
            HookRequest request = request(verdict);
            ReceiverType type =
                    ReceiverType.named(verdict.path("type").asText()).orElseThrow();
            boolean accepted = type.accepts(request, TRUST);
            if (accepted != verdict.path("accepted").asBoolean()) {
                differences.add("accepted=" + accepted + ": " + shown(verdict));
            } else if (verdict.has("seen") && !sameSeen(type, request, verdict.path("seen"))) {
                differences.add(
                        "seen otherwise " + PayloadValues.members(type.payload(request)) + ": " + shown(verdict));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(count).isGreaterThan(900);
    }

    private static boolean sameSeen(ReceiverType type, HookRequest request, JsonNode seen) {
        return PayloadValues.members(type.payload(request))
                .map(members -> same(members, seen))
                .orElse(seen.isNull());
    }

    private static boolean same(Object value, JsonNode seen) {
        return switch (value) {
            case null -> seen.isNull();
            case Map<?, ?> object ->
                seen.isObject()
                        && object.size() == seen.size()
                        && object.entrySet().stream()
                                .allMatch(e -> seen.has(String.valueOf(e.getKey()))
                                        && same(e.getValue(), seen.get(String.valueOf(e.getKey()))));
            case List<?> array -> {
                boolean all = seen.isArray() && array.size() == seen.size();
                for (int i = 0; all && i < array.size(); i++) {
                    all = same(array.get(i), seen.get(i));
                }
                yield all;
            }
            case Number number -> seen.isNumber() && number.doubleValue() == seen.asDouble();
            default -> Objects.equals(String.valueOf(value), seen.asText());
        };
    }

    private static HookRequest request(JsonNode verdict) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Authorization", "Bearer proof");
        verdict.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
        return new HookRequest("/hook/x", headers::get, body(verdict));
    }

    private static byte[] body(JsonNode verdict) {
        byte[] body = Base64.getDecoder().decode(verdict.path("body").asText());
        if (!verdict.has("repeat")) {
            return body;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte b : body) {
            if (b == '*') {
                out.writeBytes(verdict.path("repeat")
                        .asText()
                        .repeat(verdict.path("repeatTimes").asInt())
                        .getBytes(StandardCharsets.UTF_8));
            } else {
                out.write(b);
            }
        }
        return out.toByteArray();
    }

    private static String shown(JsonNode verdict) {
        byte[] body = Base64.getDecoder().decode(verdict.path("body").asText());
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return verdict.path("type").asText() + " (" + verdict.path("note").asText() + ") "
                + verdict.path("headers") + ' ' + text.substring(0, Math.min(300, text.length())) + " seen "
                + verdict.path("seen");
    }

    private static JsonNode verdicts() throws IOException {
        try (InputStream file = GoVerdictsTest.class.getResourceAsStream("go-verdicts.json")) {
            return JSON.readTree(file);
        }
    }
}

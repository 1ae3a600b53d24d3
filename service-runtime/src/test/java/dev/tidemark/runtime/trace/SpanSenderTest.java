package dev.tidemark.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.testkit.FakeCollector;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a collector that is a real server. */
class SpanSenderTest {

    private final World world = new World(1);
    private final FakeCollector collector = FakeCollector.start();
    private final SpanSender sender = sender(collector.traces());

    private SpanSender sender(URI traces) {
        return new SpanSender(
                new SpanSender.Target(traces, Map.of("authorization", "Bearer t")), "1.2.3", world.replica("one"));
    }

    @AfterEach
    void end() {
        sender.close();
        collector.close();
        world.end();
    }

    private List<JsonNode> bodies() {
        return collector.taken().stream().map(SpanSenderTest::parsed).toList();
    }

    private static JsonNode parsed(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> spans() {
        return bodies().stream()
                .flatMap(body -> body.path("resourceSpans").valueStream())
                .flatMap(resource -> resource.at("/scopeSpans/0/spans").valueStream())
                .toList();
    }

    private void fact(SpanSender to, int number) {
        to.facts()
                .appended(Envelope.first(
                        new Event.UpdateFailed(
                                "ImageUpdateAutomation/apps/a" + number, "GitOperationFailed", "why", null),
                        "git-committer",
                        world.now()));
    }

    @Test
    void sendsWhatACollectorTakes() {
        fact(sender, 1);
        assertThat(collector.requests()).as("not at once: others may come").isEmpty();
        world.pass(SpanSender.PAUSE);

        assertThat(collector.requests()).singleElement().satisfies(request -> {
            assertThat(request.header("content-type")).isEqualTo("application/json");
            assertThat(request.header("authorization")).isEqualTo("Bearer t");
        });
        JsonNode resource = bodies().getFirst().path("resourceSpans").path(0);
        assertThat(resource.at("/resource/attributes").toString())
                .contains("{\"key\":\"service.name\",\"value\":{\"stringValue\":\"git-committer\"}}")
                .contains("{\"key\":\"service.version\",\"value\":{\"stringValue\":\"1.2.3\"}}");
        JsonNode span = resource.at("/scopeSpans/0/spans/0");
        assertThat(span.path("name").asText()).isEqualTo("update-failed");
        assertThat(span.path("traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(span.path("spanId").asText()).matches("[0-9a-f]{16}");
        assertThat(span.has("parentSpanId")).isFalse();
        assertThat(span.path("startTimeUnixNano").asText())
                .isEqualTo(world.now().minus(SpanSender.PAUSE).toEpochMilli() + "000000");
        assertThat(span.at("/status/code").asInt()).isEqualTo(2);
        assertThat(span.path("attributes").toString())
                .contains("\"tidemark.resource\"", "ImageUpdateAutomation/apps/a1", "\"tidemark.correlation\"");
    }

    @Test
    void aCollectorThatIsAwayForAMomentGetsEverything() {
        collector.answers(503);
        fact(sender, 1);
        world.pass(SpanSender.PAUSE);
        fact(sender, 2);
        collector.answers(200);
        world.pass(SpanSender.RETRY);

        assertThat(spans()).hasSize(2);
    }

    /** It will never take it. */
    @Test
    void whatIsRefusedIsNotSentAgain() {
        collector.answers(400);
        fact(sender, 1);
        world.pass(SpanSender.PAUSE);
        collector.answers(200);
        world.pass(SpanSender.RETRY);

        assertThat(collector.requests()).hasSize(1);
    }

    @Test
    void nobodyWaitsForACollectorAndNothingGrows() {
        for (int i = 0; i <= SpanSender.MAX_WAITING; i++) {
            fact(sender, i);
        }
        world.pass(SpanSender.PAUSE);

        assertThat(spans()).hasSize(SpanSender.MAX_WAITING);
        assertThat(collector.requests()).hasSize(SpanSender.MAX_WAITING / SpanSender.MAX_SENT);
    }

    @Test
    void theLastOnesAreSentAtTheEnd() {
        fact(sender, 1);
        sender.close();
        assertThat(spans()).hasSize(1);
    }

    @Test
    void anAddressIsSaidWithoutALogin() {
        assertThat(new SpanSender.Target(
                        URI.create("https://me:secret@collector.example:4318/v1/traces?token=secret"),
                        Map.of("authorization", "secret")))
                .hasToString("https://collector.example:4318");
    }

    @Test
    void headersAreAsOpenTelemetryHasThem() {
        assertThat(SpanSender.Target.of(URI.create("http://c:4318/"), "authorization=Bearer%20t, x-scope = a"))
                .isEqualTo(new SpanSender.Target(
                        URI.create("http://c:4318/v1/traces"), Map.of("authorization", "Bearer t", "x-scope", "a")));
        for (String odd : List.of("secret", "=secret", "a=%zz")) {
            assertThatThrownBy(() -> SpanSender.Target.of(URI.create("http://c:4318"), odd))
                    .hasMessageContaining("NAME=VALUE,NAME=VALUE")
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> SpanSender.Target.of(URI.create("c:4318"), ""))
                .hasMessageContaining("http://HOST:4318");
    }
}

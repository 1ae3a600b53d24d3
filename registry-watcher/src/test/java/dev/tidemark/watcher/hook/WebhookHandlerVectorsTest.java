package dev.tidemark.watcher.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.cel.CelFilters;
import dev.tidemark.watcher.domain.IdTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests as Flux's notification controller answers them. Where the status of the Receiver matters, the handler gets there
 * as it does in life: its declaration or its Secret was good once and is no more.
 */
@Tag("vectors:webhook-parse")
class WebhookHandlerVectorsTest {

    private static final CelFilters FILTERS = new CelFilters();

    static Stream<VectorCase> cases() {
        return VectorCase.of("webhook-parse");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersAsFluxDoes(VectorCase given) {
        JsonNode vector = given.json();
        JsonNode input = vector.path("input");
        JsonNode expected = vector.path("expected");
        IdTokens google =
                (token, audience, email) -> input.path("gcrTokenIsGood").asBoolean();
        DeclaredHooks hooks = new DeclaredHooks(FILTERS, google);
        String state = input.path("state").asText("");
        if (!state.equals("noConditions")) {
            declare(hooks, input, true, true);
            boolean declared = !state.equals("notReady");
            boolean secret = !state.equals("noSecret")
                    && !input.path("secretWithoutToken").asBoolean();
            declare(hooks, input, declared, secret);
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        input.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
        String path = input.path("path").asText(expected.path("webhookPath").asText());
        byte[] body = input.path("body")
                .asText("")
                .repeat(input.path("bodyRepeat").asInt(1))
                .getBytes(StandardCharsets.UTF_8);

        WebhookHandler.Answer answer = body.length > WebhookHandler.MAX_BODY
                ? null
                : hooks.handler.receive(new HookRequest(path, headers::get, body));

        int status =
                switch (answer) {
                    case null -> 413;
                    case WebhookHandler.Answer.Accepted accepted -> 200;
                    case WebhookHandler.Answer.Unknown unknown -> 404;
                    case WebhookHandler.Answer.Closed closed -> 503;
                    case WebhookHandler.Answer.Refused refused -> 400;
                    case WebhookHandler.Answer.Unusable unusable -> 500;
                };
        if (input.path("token").asText("x").isBlank()) {
            // Stricter than Flux on purpose: such a Receiver is not served, its path and its signatures are no secrets.
            assertThat(status).isEqualTo(400);
            return;
        }
        assertThat(status).isEqualTo(expected.path("status").asInt());
        assertThat(answer instanceof WebhookHandler.Answer.Accepted a
                        && !a.notifications().isEmpty())
                .isEqualTo(expected.path("triggered").asBoolean());
    }

    private static void declare(DeclaredHooks hooks, JsonNode input, boolean declared, boolean withToken) {
        ObjectNode receiver = object(
                "notification.toolkit.fluxcd.io/v1",
                "Receiver",
                input.path("name").asText(),
                input);
        ObjectNode spec = receiver.putObject("spec");
        spec.put("type", input.path("type").asText());
        spec.set(
                "events",
                input.path("events").isMissingNode() ? FluxJson.json().createArrayNode() : input.path("events"));
        if (declared) {
            spec.putObject("secretRef").put("name", "token");
        }
        if (input.has("resourceFilter")) {
            spec.set("resourceFilter", input.path("resourceFilter"));
        }
        spec.put("suspend", input.path("state").asText("").equals("suspended"));
        spec.putArray("resources").addObject().put("kind", "ImageRepository").put("name", "target");
        ObjectNode secret = object("v1", "Secret", "token", input);
        ObjectNode content = secret.putObject("stringData");
        if (withToken) {
            content.put("token", input.path("token").asText());
        }
        input.path("secretExtra").properties().forEach(e -> content.set(e.getKey(), e.getValue()));
        ObjectNode target = object("image.toolkit.fluxcd.io/v1", "ImageRepository", "target", input);
        if (input.has("targetLabels")) {
            ((ObjectNode) target.path("metadata")).set("labels", input.path("targetLabels"));
        }
        target.putObject("spec").put("image", "ghcr.io/acme/web").put("interval", "1m");
        List<ObjectNode> objects = input.path("state").asText("").equals("noSecret") && !withToken
                ? List.of(receiver, target)
                : List.of(receiver, secret, target);
        hooks.declared.replace(objects.stream().map(TestResources::resource).toList());
        hooks.read();
    }

    private static ObjectNode object(String apiVersion, String kind, String name, JsonNode input) {
        ObjectNode object = FluxJson.json().createObjectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata")
                .put("name", name)
                .put("namespace", input.path("namespace").asText());
        return object;
    }
}

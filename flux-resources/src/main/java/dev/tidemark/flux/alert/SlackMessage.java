package dev.tidemark.flux.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** A message with an attachment, for a webhook of Slack and what takes the same, or for Slack's API with a token. */
record SlackMessage(Destination destination) implements Notifier {

    /** Answers 200 whatever became of it. */
    private static final URI API = URI.create("https://slack.com/api/chat.postMessage");

    @Override
    public void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException {
        String first = event.message().lines().findFirst().orElse("");
        ObjectNode message = message(
                destination,
                destination.channel(),
                event,
                Optional.of(event.object().title() + ": " + first));
        Transport.Outgoing request = Transport.Outgoing.post(destination.address(), message);
        String answer = transport.send(
                destination.token().isEmpty()
                        ? request
                        : request.with("Authorization", "Bearer " + destination.token()));
        if (destination.address().equals(API)) {
            check(answer);
        }
    }

    /** @param fallback where it cannot be shown as it is meant */
    static ObjectNode message(Destination to, String channel, FluxEvent event, Optional<String> fallback) {
        ObjectNode message = FluxJson.json()
                .createObjectNode()
                .put("channel", channel)
                .put("username", to.username().isEmpty() ? event.controller() : to.username())
                .put("icon_url", "")
                .put("icon_emoji", "");
        ObjectNode attachment = message.putArray("attachments")
                .addObject()
                .put("fallback", fallback.orElse(""))
                .put("color", event.severity() == FluxEvent.Severity.ERROR ? "danger" : "good")
                .put("author_name", event.object().title())
                .put("text", event.message());
        attachment.putArray("mrkdwn_in").add("text");
        ArrayNode fields = attachment.putArray("fields");
        event.metadata().forEach((title, value) -> fields.addObject()
                .put("title", title)
                .put("value", value)
                .put("short", false));
        return message;
    }

    private static void check(String answer) throws IOException {
        JsonNode said = Transport.json(answer);
        if (!said.path("ok").asBoolean()) {
            throw new IOException(
                    "Slack's API refuses it: " + said.path("error").asText("it does not say why"));
        }
    }
}

package dev.tidemark.flux.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.util.Map;

/** An adaptive card for a workflow of Microsoft Teams; a message card for the connectors that were there before. */
record TeamsCard(Destination destination) implements Notifier {

    private static final String CONNECTORS = ".webhook.office.com";
    private static final String SUMMARY = "summary";

    @Override
    public void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException {
        String host = String.valueOf(destination.address().getHost());
        ObjectNode card = host.endsWith(CONNECTORS) ? messageCard(event) : adaptiveCard(event);
        var unused = transport.send(Transport.Outgoing.post(destination.address(), card));
    }

    private static boolean isError(FluxEvent event) {
        return event.severity() == FluxEvent.Severity.ERROR;
    }

    private static ObjectNode messageCard(FluxEvent event) {
        ObjectNode card = FluxJson.json()
                .createObjectNode()
                .put("@type", "MessageCard")
                .put("@context", "http://schema.org/extensions")
                .put("themeColor", isError(event) ? "FF0000" : "0076D7")
                .put("summary", event.object().title());
        ArrayNode facts = card.putArray("sections")
                .addObject()
                .put("activityTitle", event.message())
                .put("activitySubtitle", event.object().title())
                .putArray("facts");
        event.metadata()
                .forEach((name, value) -> facts.addObject().put("name", name).put("value", value));
        return card;
    }

    private static ObjectNode adaptiveCard(FluxEvent event) {
        ObjectNode message = FluxJson.json().createObjectNode().put("type", "message");
        ObjectNode attachment = message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive");
        ObjectNode card = attachment
                .putObject("content")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ArrayNode items =
                card.putArray("body").addObject().put("type", "Container").putArray("items");
        items.addObject()
                .put("type", "TextBlock")
                .put("text", event.object().title())
                .put("size", "large")
                .put("weight", "bolder")
                .put("wrap", true);
        ObjectNode text = items.addObject().put("type", "TextBlock").put("text", event.message());
        if (isError(event)) {
            text.put("color", "attention");
        }
        text.put("wrap", true);
        facts(event, items.addObject().put("type", "FactSet"));
        card.putObject("msteams").put("width", "Full");
        return message;
    }

    /** The summary first. */
    private static void facts(FluxEvent event, ObjectNode set) {
        Map<String, String> all = event.metadata();
        if (all.isEmpty()) {
            return;
        }
        ArrayNode facts = set.putArray("facts");
        String summary = all.get(SUMMARY);
        if (summary != null) {
            facts.addObject().put("title", SUMMARY).put("value", summary);
        }
        all.forEach((title, value) -> {
            if (!title.equals(SUMMARY)) {
                facts.addObject().put("title", title).put("value", value);
            }
        });
    }
}

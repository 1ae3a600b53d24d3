package dev.tidemark.flux.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An alert for Alertmanager's API, which resolves it by itself when it is not told again. */
record AlertmanagerAlert(Destination destination) implements Notifier {

    private static final String SUMMARY = "summary";

    /** None: Flux writes the zero of its time. */
    private static final String NO_END = "0001-01-01T00:00:00Z";

    @Override
    public void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException {
        Map<String, String> labels = new TreeMap<>(event.metadata());
        Map<String, String> annotations = new TreeMap<>(Map.of("message", event.message()));
        String summary = labels.remove(SUMMARY);
        if (summary != null) {
            annotations.put(SUMMARY, summary);
        }
        labels.put("alertname", "Flux" + event.object().kind() + title(event.reason()));
        labels.put("severity", event.severity().word());
        labels.put("reason", event.reason());
        labels.put("kind", event.object().kind());
        labels.put("name", event.object().name());
        labels.put("namespace", event.object().namespace());
        labels.put("reportingcontroller", event.controller());

        ArrayNode alerts = FluxJson.json().createArrayNode();
        ObjectNode alert = alerts.addObject().put("status", "firing");
        labels.forEach(alert.putObject("labels")::put);
        annotations.forEach(alert.putObject("annotations")::put);
        alert.put("startsAt", event.timestamp().toString()).put("endsAt", NO_END);

        Transport.Outgoing request = Transport.Outgoing.post(destination.address(), alerts);
        var unused = transport.send(authorized(request));
    }

    private Transport.Outgoing authorized(Transport.Outgoing request) {
        if (!destination.username().isEmpty() && !destination.password().isEmpty()) {
            byte[] login = (destination.username() + ':' + destination.password()).getBytes(StandardCharsets.UTF_8);
            return request.with("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        return destination.token().isEmpty() ? request : request.with("Authorization", "Bearer " + destination.token());
    }

    /** {@code ReconciliationFailed} becomes {@code Reconciliationfailed}. */
    private static String title(String reason) {
        return reason.isEmpty()
                ? ""
                : reason.substring(0, 1).toUpperCase(Locale.ROOT)
                        + reason.substring(1).toLowerCase(Locale.ROOT);
    }
}

package dev.tidemark.flux.alert;

import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A message to a room of Matrix. Its transaction is named by the event: one that is sent twice is shown once. */
record MatrixMessage(Destination destination) implements Notifier {

    @Override
    public void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException {
        String base = destination.address().toString();
        URI address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/_matrix/client/r0/rooms/" + room() + "/send/m.room.message/" + transaction(event));
        String json = FluxJson.json()
                .createObjectNode()
                .put("body", text(event))
                .put("msgtype", "m.text")
                .toString();
        var unused = transport.send(new Transport.Outgoing("PUT", address, Map.of(), json)
                .with("Authorization", "Bearer " + destination.token()));
    }

    private String room() {
        return URLEncoder.encode(destination.channel(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String text(FluxEvent event) {
        StringBuilder text = new StringBuilder(event.severity() == FluxEvent.Severity.ERROR ? "🚨" : "💫")
                .append(' ')
                .append(event.object().title())
                .append('\n')
                .append(event.message())
                .append('\n');
        event.metadata()
                .forEach((key, value) ->
                        text.append("- ").append(key).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static String transaction(FluxEvent event) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest(event.json().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}

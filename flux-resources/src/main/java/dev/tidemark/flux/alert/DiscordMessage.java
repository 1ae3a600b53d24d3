package dev.tidemark.flux.alert;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Discord takes Slack's messages at an address of their own beside the webhook's; the channel is the webhook's. */
record DiscordMessage(Destination destination) implements Notifier {

    private static final String SLACKS = "/slack";

    @Override
    public void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException {
        var unused = transport.send(
                Transport.Outgoing.post(address(), SlackMessage.message(destination, "", event, Optional.empty())));
    }

    private URI address() {
        String text = destination.address().toString();
        if (text.endsWith(SLACKS)) {
            return destination.address();
        }
        String path = destination.address().getRawPath();
        String query = destination.address().getRawQuery();
        String own = (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + SLACKS;
        return destination.address().resolve(query == null ? own : own + '?' + query);
    }
}

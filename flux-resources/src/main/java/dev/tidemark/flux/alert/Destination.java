package dev.tidemark.flux.alert;

import java.net.URI;
import java.util.Map;

/**
 * Where a Provider says that events go, with what it takes. Text that is not set is empty. Never printed: addresses of
 * webhooks are secrets, too.
 *
 * @param providerUid the beginning of it tells one cluster's commit statuses from another's
 */
public record Destination(
        URI address,
        String channel,
        String username,
        String password,
        String token,
        Map<String, String> headers,
        String providerUid) {

    public Destination withToken(String other) {
        return new Destination(address, channel, username, password, other, headers, providerUid);
    }

    @Override
    public String toString() {
        return "Destination(" + address.getHost() + ')';
    }
}

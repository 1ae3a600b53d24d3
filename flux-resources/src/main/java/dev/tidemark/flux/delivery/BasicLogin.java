package dev.tidemark.flux.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A login that stands in an address, {@code http://user:password@host}: Go's HTTP client, and so Flux, sends it. */
final class BasicLogin {

    private BasicLogin() {}

    /** What the header {@code Authorization} says for it; empty where the address has none. */
    static Optional<String> of(URI address) {
        return Optional.ofNullable(address.getRawUserInfo()).map(raw -> {
            String login = raw.contains(":") ? address.getUserInfo() : address.getUserInfo() + ':';
            return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        });
    }
}

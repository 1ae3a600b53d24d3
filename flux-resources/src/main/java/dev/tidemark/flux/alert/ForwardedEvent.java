package dev.tidemark.flux.alert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The event as it is: {@code generic}, and {@code generic-hmac} where it is signed.
 *
 * @param key empty for no signature
 */
record ForwardedEvent(Destination destination, String key) implements Notifier {

    private static final String ALGORITHM = "HmacSHA256";

    @Override
    public void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException {
        Transport.Outgoing request =
                Transport.Outgoing.post(destination.address(), event.json()).with("gotk-component", event.controller());
        for (Map.Entry<String, String> header : destination.headers().entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        String body = String.valueOf(request.json());
        var unused = transport.send(key.isEmpty() ? request : request.with("X-Signature", "sha256=" + signature(body)));
    }

    private String signature(String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }

    @Override
    public String toString() {
        return "ForwardedEvent(" + destination + ')';
    }
}

package dev.tidemark.watcher.oci;

import dev.tidemark.flux.secret.ProxyAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to a registry and to its token service: directly or through a proxy, with the certificates that are set. */
record Transport(HttpClient client, @Nullable ProxyAddress proxy) {

    HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (proxy != null && proxy.authorization() != null) {
            request.setHeader("Proxy-Authorization", proxy.authorization());
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException | UncheckedIOException strange) {
            // What the JDK thinks of an address or of an answer that it does not understand.
            throw new IOException(strange.getMessage(), strange);
        }
    }

    /** What must not appear in any message. */
    List<String> secrets() {
        return proxy == null ? List.of() : proxy.secrets();
    }

    /** For messages; empty for the direct way. */
    String way() {
        return proxy == null ? "" : " through the " + proxy;
    }
}

package dev.tidemark.watcher.oci;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The way to a registry and to its token service: directly or through a proxy, with the certificates that are set. */
record Transport(HttpClient client, @Nullable ProxyAddress proxy) {

    HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (proxy != null && proxy.authorization() != null) {
            request.setHeader("Proxy-Authorization", proxy.authorization());
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** For messages; empty for the direct way. */
    String way() {
        return proxy == null ? "" : " through the " + proxy;
    }
}

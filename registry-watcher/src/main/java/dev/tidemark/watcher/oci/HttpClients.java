package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.ResourceSnapshot;
import java.net.http.HttpClient;
import java.time.Duration;

/** The transports: one shared by everybody who needs neither certificates nor a proxy of their own. */
final class HttpClients implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient shared = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    HttpClient forAccess(ResourceSnapshot resources, AccessProfile access) throws RegistryException {
        if (access.certificates() != null || access.proxy() != null) {
            throw new RegistryException(
                    ScanFailure.CONFIGURATION, "certSecretRef and proxySecretRef are not served yet");
        }
        return shared;
    }

    @Override
    public void close() {
        shared.shutdownNow();
    }
}

package dev.tidemark.watcher.http;

import java.net.http.HttpClient;
import java.time.Duration;

/** How this service makes the JDK's HTTP clients. */
public final class OutgoingHttp {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** With its default the JDK never sends a password to a proxy that tunnels; read once, before the first client. */
    private static final String SCHEMES_NOT_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    static {
        if (System.getProperty(SCHEMES_NOT_FOR_TUNNELS) == null) {
            System.setProperty(SCHEMES_NOT_FOR_TUNNELS, "");
        }
    }

    private OutgoingHttp() {}

    /** HTTP/1.1, follows no redirect: who asks decides where a login may go. */
    public static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
    }
}

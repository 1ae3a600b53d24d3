package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.flux.github.GitHubApi;
import dev.tidemark.flux.secret.ProxyAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Opens connections with the certificates and through the proxy of an access. For any thread. */
final class OutgoingConnections {

    /** With its default the JDK never sends a password to a proxy that tunnels; read once, before the first connection. */
    private static final String SCHEMES_NOT_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    /** What GitHub's API says of an app is no longer than a page. */
    private static final int MAX_ANSWER = 1 << 20;

    static {
        if (System.getProperty(SCHEMES_NOT_FOR_TUNNELS) == null) {
            System.setProperty(SCHEMES_NOT_FOR_TUNNELS, "");
        }
    }

    private final TlsProfiles profiles = new TlsProfiles();

    /** Opened when it is first used. */
    PlainConnection open(URL url, Access access, PlainConnection.Listener listener) throws IOException {
        ProxyAddress proxy = access.proxy();
        PlainConnection connection =
                new PlainConnection(url, way(proxy), profiles.of(access.certificates()), login(proxy), listener);
        String authorization = proxy == null ? null : proxy.authorization();
        if (authorization != null && url.getProtocol().equals("http")) {
            // before it is asked for, which would double the requests; for a tunnel the JDK asks the authenticator
            connection.setRequestProperty("Proxy-Authorization", authorization);
        }
        return connection;
    }

    /** GitHub's API, by the same way as an access's repository. */
    GitHubApi gitHub(Access access) {
        return (method, address, headers) -> {
            PlainConnection connection = open(address.toURL(), access, (status, type) -> {});
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            headers.forEach(connection::setRequestProperty);
            if (method.equals("POST")) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(0);
                connection.getOutputStream().close();
            }
            int status = connection.getResponseCode();
            try (InputStream body = connection.body()) {
                return GitHubApi.Answer.of(status, new String(body.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8));
            }
        };
    }

    private static Proxy way(@Nullable ProxyAddress proxy) {
        return proxy == null
                ? Proxy.NO_PROXY
                : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port()));
    }

    private static @Nullable Authenticator login(@Nullable ProxyAddress proxy) {
        if (proxy == null || proxy.login() == null) {
            return null;
        }
        PasswordAuthentication login = new PasswordAuthentication(
                proxy.login().user(), proxy.login().password().toCharArray());
        return new Authenticator() {
            private boolean answered;

            /** Once: the JDK repeats what was refused twenty times. */
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                boolean again = answered;
                answered = true;
                return !again && getRequestorType() == RequestorType.PROXY ? login : null;
            }
        };
    }
}

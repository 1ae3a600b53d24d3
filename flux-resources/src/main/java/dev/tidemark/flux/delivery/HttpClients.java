package dev.tidemark.flux.delivery;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.alert.UnusableProviderException;
import dev.tidemark.flux.secret.Certificates;
import dev.tidemark.flux.secret.ProxyAddress;
import dev.tidemark.flux.secret.SecretException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One client for all Providers that need nothing of their own, one for each other, made anew when its Secrets change. */
final class HttpClients {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** A client has a thread and connections: of more Providers with proxies or certificates the oldest wait for theirs. */
    private static final int MAX_OWN = 100;

    /** With its default the JDK never sends a password to a proxy that tunnels; read once, before the first client. */
    private static final String SCHEMES_NOT_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    static {
        if (System.getProperty(SCHEMES_NOT_FOR_TUNNELS) == null) {
            System.setProperty(SCHEMES_NOT_FOR_TUNNELS, "");
        }
    }

    private final HttpClient shared = builder().build();
    private final Map<ResourceId, Own> own = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        /** Not shut down: somebody may be using it, and the JDK ends a client that nobody refers to. */
        @Override
        protected boolean removeEldestEntry(Map.Entry<ResourceId, Own> eldest) {
            return size() > MAX_OWN;
        }
    };

    private record Own(
            @Nullable SecretContent certificates, @Nullable ProxyAddress proxy, HttpClient client) {

        boolean isMadeOf(ProviderAccess access) {
            return Objects.equals(certificates, access.certificates()) && Objects.equals(proxy, access.proxy());
        }
    }

    synchronized HttpClient of(ResourceId provider, ProviderAccess access) throws UnusableProviderException {
        if (access.certificates() == null && access.proxy() == null) {
            return shared;
        }
        Own known = own.get(provider);
        if (known != null && known.isMadeOf(access)) {
            return known.client();
        }
        Own made = new Own(access.certificates(), access.proxy(), made(access));
        own.put(provider, made);
        return made.client();
    }

    private static HttpClient made(ProviderAccess access) throws UnusableProviderException {
        HttpClient.Builder client = builder();
        if (access.certificates() != null) {
            try {
                client.sslContext(new Certificates(access.certificates(), access.certificatesFrom()).context(false));
            } catch (SecretException unusable) {
                throw new UnusableProviderException(String.valueOf(unusable.getMessage()));
            }
        }
        if (access.proxy() != null) {
            client.proxy(ProxySelector.of(access.proxy().address()));
        }
        return client.build();
    }

    /** Follows no redirect: what is sent holds tokens. */
    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
    }
}

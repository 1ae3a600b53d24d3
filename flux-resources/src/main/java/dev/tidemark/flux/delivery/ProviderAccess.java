package dev.tidemark.flux.delivery;

import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.alert.Destination;
import dev.tidemark.flux.github.GitHubApp;
import dev.tidemark.flux.secret.ProxyAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that it takes to speak to whom a Provider names.
 *
 * @param timeout for all tries to tell one event
 * @param certificates authorities to trust besides the system's, and who we are; null for neither
 * @param certificatesFrom the Secret, {@code namespace/name}
 * @param app the GitHub App that gives the token; null where there is none, or none is needed
 * @param secrets what must not appear in any message
 */
record ProviderAccess(
        Destination destination,
        Duration timeout,
        @Nullable SecretContent certificates,
        String certificatesFrom,
        @Nullable ProxyAddress proxy,
        @Nullable GitHubApp app,
        Collection<String> secrets) {

    /** The same, where no message may show this either. */
    ProviderAccess hiding(String secret) {
        List<String> more = new ArrayList<>(secrets);
        more.add(secret);
        return new ProviderAccess(destination, timeout, certificates, certificatesFrom, proxy, app, more);
    }

    @Override
    public String toString() {
        return "ProviderAccess(" + destination + ')';
    }
}

package dev.tidemark.flux.delivery;

import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.alert.Destination;
import dev.tidemark.flux.secret.ProxyAddress;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * All that it takes to speak to whom a Provider names.
 *
 * @param timeout for all tries to tell one event
 * @param certificates authorities to trust besides the system's, and who we are; null for neither
 * @param certificatesFrom the Secret, {@code namespace/name}
 * @param secrets what must not appear in any message
 */
record ProviderAccess(
        Destination destination,
        Duration timeout,
        @Nullable SecretContent certificates,
        String certificatesFrom,
        @Nullable ProxyAddress proxy,
        Collection<String> secrets) {

    @Override
    public String toString() {
        return "ProviderAccess(" + destination + ')';
    }
}

package dev.tidemark.flux;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Provider {@code spec}: whom to tell, and how.
 *
 * @param address where it listens; the key {@code address} of the Secret goes before
 * @param timeout for all tries to tell one event; null is 15 s
 * @param proxy an address, before there was {@code proxySecretRef}
 * @param secretRef {@code address}, {@code token}, {@code headers}, {@code username}, {@code password}, {@code proxy}
 */
public record ProviderSpec(
        String type,
        @Nullable String address,
        @Nullable String channel,
        @Nullable String username,
        @Nullable Duration timeout,
        @Nullable String proxy,
        @Nullable LocalRef proxySecretRef,
        @Nullable LocalRef secretRef,
        @Nullable LocalRef certSecretRef,
        @Nullable String serviceAccountName,
        @Nullable String commitStatusExpr,
        boolean suspend) {

    /** An address may hold a token, and a proxy's a password. */
    @Override
    public String toString() {
        return "Provider of type " + type;
    }
}

package dev.tidemark.watcher.oidc;

import dev.tidemark.watcher.domain.IdTokens;
import java.security.PublicKey;
import java.util.Optional;

/** The keys that an issuer signs with. */
@FunctionalInterface
interface SigningKeys {

    /**
     * The key with this id, or empty where the issuer has none.
     *
     * @throws IdTokens.KeysUnavailableException when the issuer cannot be asked
     */
    Optional<PublicKey> find(String keyId);
}

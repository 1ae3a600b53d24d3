package dev.tidemark.watcher.hook;

import dev.tidemark.flux.SecretContent;
import dev.tidemark.watcher.domain.IdTokens;
import java.util.Objects;

/**
 * What requests to a Receiver must prove themselves against. Its text shows nothing of it.
 *
 * @param token the Secret's {@code token}
 * @param audience the Secret's {@code audience}, empty where absent
 * @param email the Secret's {@code email}, empty where absent
 */
record Trust(String token, String audience, String email, IdTokens idTokens) {

    static Trust of(SecretContent secret, String token, IdTokens idTokens) {
        return new Trust(
                token,
                Objects.requireNonNullElse(secret.text("audience"), ""),
                Objects.requireNonNullElse(secret.text("email"), ""),
                idTokens);
    }

    @Override
    public String toString() {
        return "Trust";
    }
}

package dev.tidemark.watcher.oci;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** With what a registry is asked. */
sealed interface Login {

    /** @param note what a refusal should be explained with, or empty */
    record Anonymous(String note) implements Login {}

    /** @param from the Secret it was read from, {@code namespace/name} */
    record Password(String user, String password, String from) implements Login {

        String basic() {
            byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "Password(" + user + ", from " + from + ")";
        }
    }

    /** A refresh token in place of a password (docker's {@code identitytoken}). */
    record IdentityToken(String token, String from) implements Login {
        @Override
        public String toString() {
            return "IdentityToken(from " + from + ")";
        }
    }

    /** What to say and to do when the registry refuses. */
    default String explain() {
        return switch (this) {
            case Anonymous(String note)
            when note.isEmpty() -> "access was anonymous: set secretRef to a docker config Secret";
            case Anonymous(String note) -> "access was anonymous: " + note;
            case Password password -> renew(password.from());
            case IdentityToken token -> renew(token.from());
        };
    }

    private static String renew(String secret) {
        return "the registry refuses the credentials of Secret '" + secret
                + "': they are wrong or expired, recreate the Secret";
    }
}

package dev.tidemark.watcher.oci;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

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

    /** What must not appear in any message. */
    default List<String> secrets() {
        return switch (this) {
            case Anonymous anonymous -> List.of();
            case Password password ->
                List.of(password.password(), password.basic().substring("Basic ".length()));
            case IdentityToken token -> List.of(token.token());
        };
    }

    /** For whom a registry may hide a repository: not there and not allowed look alike. */
    default String hidden() {
        return switch (this) {
            case Anonymous(String note) ->
                "or hides it from anonymous access"
                        + (note.isEmpty() ? "; a private one needs secretRef" : ": " + note);
            case Password(String user, String password, String from) ->
                "or hides it from the user of Secret '" + from + "'";
            case IdentityToken(String token, String from) -> "or hides it from the user of Secret '" + from + "'";
        };
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

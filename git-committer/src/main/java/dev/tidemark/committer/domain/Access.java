package dev.tidemark.committer.domain;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a remote is asked (flux-git-based 13). Never printed with its secrets.
 *
 * @param certificates PEM of the authorities to trust besides the JDK's; null for none
 */
public record Access(Login login, @Nullable String certificates) {

    /** Who we are to the remote. */
    public sealed interface Login {
        record Anonymous() implements Login {}

        record Basic(String user, String password) implements Login {
            @Override
            public String toString() {
                return "Basic(" + user + ")";
            }
        }

        record Bearer(String token) implements Login {
            @Override
            public String toString() {
                return "Bearer";
            }
        }
    }

    /** What no message may show: the secrets, and the forms in which they are sent. */
    public Collection<String> secrets() {
        return switch (login) {
            case Login.Anonymous anonymous -> List.of();
            case Login.Basic(String user, String password) ->
                List.of(
                        password,
                        URLEncoder.encode(password, StandardCharsets.UTF_8),
                        Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8)));
            case Login.Bearer(String token) -> List.of(token, URLEncoder.encode(token, StandardCharsets.UTF_8));
        };
    }

    @Override
    public String toString() {
        return login + (certificates == null ? "" : " with own certificates");
    }
}

package dev.tidemark.committer.domain;

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

    @Override
    public String toString() {
        return login + (certificates == null ? "" : " with own certificates");
    }
}

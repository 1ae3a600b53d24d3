package dev.tidemark.committer.domain;

import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.github.GitHubApp;
import dev.tidemark.flux.secret.ProxyAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a remote is asked (flux-git-based 13). Never printed with its secrets.
 *
 * @param certificates authorities to trust besides the JDK's, and a certificate of our own; null for none
 * @param proxy null for the direct way
 */
public record Access(
        Login login, @Nullable Tls certificates, @Nullable ProxyAddress proxy) {

    /** Over a direct connection, and with no certificates but the JDK's. */
    public Access(Login login) {
        this(login, null, null);
    }

    /**
     * A Secret with certificates.
     *
     * @param from its name, {@code namespace/name}
     */
    public record Tls(SecretContent secret, String from) {}

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

        /** What the app may do, for an hour at a time. */
        record App(GitHubApp app) implements Login {
            @Override
            public String toString() {
                return "App(" + app.id() + ")";
            }
        }

        /**
         * A private key, and the hosts that it may be shown to.
         *
         * @param identity OpenSSH, PKCS#1 or PKCS#8, in PEM
         * @param passphrase of the key; null for one that has none
         * @param knownHosts lines as of OpenSSH's file of that name; no host beyond them is trusted
         */
        record Key(String user, String identity, @Nullable String passphrase, String knownHosts) implements Login {
            @Override
            public String toString() {
                return "Key(" + user + ")";
            }
        }
    }

    /** What no message may show: the secrets, and the forms in which they are sent. */
    public Collection<String> secrets() {
        List<String> secrets = new ArrayList<>(ofLogin());
        if (proxy != null) {
            secrets.addAll(proxy.secrets());
        }
        return secrets;
    }

    private List<String> ofLogin() {
        return switch (login) {
            case Login.Anonymous anonymous -> List.of();
            case Login.Basic(String user, String password) ->
                List.of(
                        password,
                        URLEncoder.encode(password, StandardCharsets.UTF_8),
                        Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8)));
            case Login.Bearer(String token) -> List.of(token, URLEncoder.encode(token, StandardCharsets.UTF_8));
            case Login.App(GitHubApp app) -> List.of(app.key());
            case Login.Key(String user, String identity, String passphrase, String hosts) ->
                passphrase == null ? List.of(identity) : List.of(identity, passphrase);
        };
    }

    @Override
    public String toString() {
        return login
                + (certificates == null ? "" : " with own certificates")
                + (proxy == null ? "" : " through a proxy");
    }
}

package dev.tidemark.flux.secret;

import dev.tidemark.flux.SecretContent;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that a Secret names (flux-git-based 9.3). Never printed with its password.
 *
 * @param login null without a user
 * @param from the Secret, {@code namespace/name}
 */
public record ProxyAddress(String host, int port, @Nullable Login login, String from) {

    /** Who we are to the proxy. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login(" + user + ")";
        }
    }

    /** flux-git-based 9.3. */
    private static final int MAX_ADDRESS = 2048;

    private static final int HTTP_PORT = 80;

    /** @throws SecretException naming the key that is wrong and what helps */
    public static ProxyAddress read(SecretContent secret, String from) throws SecretException {
        String address = secret.text("address");
        if (address == null || address.isBlank()) {
            throw wrong(from, "has no key 'address': set it to the URL of the proxy, for example http://proxy:3128");
        }
        String text = address.strip();
        if (text.length() > MAX_ADDRESS) {
            throw wrong(from, "the value of 'address' is longer than " + MAX_ADDRESS + " characters");
        }
        URI uri = uri(text);
        String scheme = uri == null || uri.getScheme() == null ? "" : uri.getScheme();
        if (scheme.equals("https") || scheme.equals("socks5")) {
            throw wrong(from, "proxies of scheme '" + scheme + "' are not served by this version: use http://");
        }
        if (uri == null || !scheme.equals("http") || uri.getHost() == null) {
            throw wrong(from, "the value of 'address' is no URL of a proxy: write http://HOST:PORT");
        }
        return new ProxyAddress(
                uri.getHost(), uri.getPort() < 0 ? HTTP_PORT : uri.getPort(), login(secret, from), from);
    }

    private static @Nullable URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException notAUrl) {
            return null;
        }
    }

    private static @Nullable Login login(SecretContent secret, String from) throws SecretException {
        String user = secret.text("username");
        String password = secret.text("password");
        if (user == null || user.isEmpty()) {
            if (password != null && !password.isEmpty()) {
                throw wrong(from, "has a key 'password' but no 'username': set both or none");
            }
            return null;
        }
        return new Login(user, password == null ? "" : password);
    }

    private static SecretException wrong(String from, String what) {
        return new SecretException("proxy Secret '" + from + "': " + what);
    }

    /** What to send to the proxy; null without a user. */
    public @Nullable String authorization() {
        String pair = pair();
        return pair == null ? null : "Basic " + pair;
    }

    private @Nullable String pair() {
        return login == null
                ? null
                : Base64.getEncoder()
                        .encodeToString((login.user() + ':' + login.password()).getBytes(StandardCharsets.UTF_8));
    }

    /** What must not appear in any message. */
    public List<String> secrets() {
        String pair = pair();
        return login == null || pair == null ? List.of() : List.of(pair, login.password());
    }

    /** Where it is; its name is not looked up. */
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    @Override
    public String toString() {
        return "proxy " + host + ':' + port + " of Secret '" + from + "'";
    }
}

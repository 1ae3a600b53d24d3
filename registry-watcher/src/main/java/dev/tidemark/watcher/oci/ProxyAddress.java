package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.SecretContent;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that a Secret names (flux-git-based 9.3).
 *
 * @param authorization what to send to the proxy; null without a user
 * @param from the Secret, {@code namespace/name}
 */
record ProxyAddress(String host, int port, @Nullable String authorization, String from) {

    /** flux-git-based 9.3. */
    private static final int MAX_ADDRESS = 2048;

    private static final int HTTP_PORT = 80;

    /** @throws RegistryException naming the key that is wrong and what helps */
    static ProxyAddress read(SecretContent secret, String from) throws RegistryException {
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
                uri.getHost(), uri.getPort() < 0 ? HTTP_PORT : uri.getPort(), authorization(secret, from), from);
    }

    private static @Nullable URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException notAUrl) {
            return null;
        }
    }

    private static @Nullable String authorization(SecretContent secret, String from) throws RegistryException {
        String user = secret.text("username");
        String password = secret.text("password");
        if (user == null || user.isEmpty()) {
            if (password != null && !password.isEmpty()) {
                throw wrong(from, "has a key 'password' but no 'username': set both or none");
            }
            return null;
        }
        byte[] pair = (user + ':' + (password == null ? "" : password)).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static RegistryException wrong(String from, String what) {
        return new RegistryException(ScanFailure.CONFIGURATION, "proxy Secret '" + from + "': " + what);
    }

    ProxySelector selector() {
        return ProxySelector.of(InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public String toString() {
        return "proxy " + host + ':' + port + " of Secret '" + from + "'";
    }
}

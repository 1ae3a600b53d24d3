package dev.tidemark.flux.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.LocalRef;
import dev.tidemark.flux.ProviderSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.alert.Destination;
import dev.tidemark.flux.alert.Notifiers;
import dev.tidemark.flux.alert.UnusableProviderException;
import dev.tidemark.flux.github.GitHubApp;
import dev.tidemark.flux.github.GitHubAppSecret;
import dev.tidemark.flux.secret.ProxyAddress;
import dev.tidemark.flux.secret.SecretException;
import dev.tidemark.flux.secret.SecretReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a Provider says, with its Secrets, as they are now. */
final class ProviderReader {

    /** As Flux has it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** {@code git@host:owner/name}. */
    private static final Pattern SCP = Pattern.compile("(?:[\\w.-]+@)?([\\w.-]+):(?!//)(.+)");

    private static final int MAX_PORT = 65_535;

    private static final String AUTHORITY = "ca.crt";
    private static final String PROXY = "proxy";

    private final SecretReader secrets;

    ProviderReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    /**
     * @throws UnusableProviderException naming what is wrong and what helps
     * @throws IOException where a Secret cannot be read now
     */
    ProviderAccess read(Resource<ProviderSpec> provider) throws UnusableProviderException, IOException {
        ProviderSpec spec = provider.spec();
        refuseWhatIsNotServed(spec);
        SecretContent secret = secret(provider, spec.secretRef(), "spec.secretRef");
        SecretContent certificates = secret(provider, spec.certSecretRef(), "spec.certSecretRef");
        LocalRef certificatesFrom = spec.certSecretRef();
        if (certificates == null
                && secret != null
                && Notifiers.isOfCommits(spec.type())
                && secret.entries().containsKey(AUTHORITY)) {
            certificates = secret;
            certificatesFrom = spec.secretRef();
        }
        String address = text(secret, "address").orElse(Objects.requireNonNullElse(spec.address(), ""));
        ProxyAddress proxy = proxy(provider, secret);
        Destination destination = new Destination(
                uri(address, spec.type()),
                Objects.requireNonNullElse(spec.channel(), ""),
                text(secret, "username").orElse(Objects.requireNonNullElse(spec.username(), "")),
                line(secret, "password"),
                line(secret, "token"),
                headers(secret),
                provider.metadata().uid());
        return new ProviderAccess(
                destination,
                Objects.requireNonNullElse(spec.timeout(), TIMEOUT),
                certificates,
                provider.namespace() + '/' + (certificatesFrom == null ? "" : certificatesFrom.name()),
                proxy,
                app(spec, secret, destination),
                hidden(destination, secret, proxy));
    }

    /** A token goes before: it is there already. */
    private static @Nullable GitHubApp app(ProviderSpec spec, @Nullable SecretContent secret, Destination destination)
            throws UnusableProviderException {
        boolean hasToken =
                !destination.token().isEmpty() || !destination.password().isEmpty();
        if (secret == null || hasToken || !Notifiers.takesGitHubApp(spec.type()) || !GitHubAppSecret.isIn(secret)) {
            return null;
        }
        try {
            return GitHubAppSecret.read(secret);
        } catch (SecretException wrong) {
            throw new UnusableProviderException(String.valueOf(wrong.getMessage()));
        }
    }

    private static void refuseWhatIsNotServed(ProviderSpec spec) throws UnusableProviderException {
        if (spec.commitStatusExpr() != null) {
            throw new UnusableProviderException(
                    "spec.commitStatusExpr is not served: leave it out, and the status is named"
                            + " by kind, name and a part of the Provider's uid");
        }
        if (spec.serviceAccountName() != null) {
            throw new UnusableProviderException(
                    "spec.serviceAccountName is not served: give a Secret (spec.secretRef)");
        }
    }

    private @Nullable SecretContent secret(Resource<ProviderSpec> provider, @Nullable LocalRef ref, String member)
            throws UnusableProviderException, IOException {
        if (ref == null) {
            return null;
        }
        String name = provider.namespace() + '/' + ref.name();
        try {
            return secrets.get(provider.namespace(), ref.name())
                    .orElseThrow(() -> new UnusableProviderException(
                            "the Secret '" + name + "' that " + member + " names does not exist: make it"));
        } catch (UncheckedIOException unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
    }

    private static Optional<String> text(@Nullable SecretContent secret, String key) {
        return Optional.ofNullable(secret)
                .map(one -> one.text(key))
                .map(String::strip)
                .filter(one -> !one.isEmpty());
    }

    /** As it goes into a header, where no line may end. */
    private static String line(@Nullable SecretContent secret, String key) throws UnusableProviderException {
        String text = text(secret, key).orElse("");
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new UnusableProviderException("the key '" + key + "' of its Secret has more than one line: write the "
                    + key + " and nothing else");
        }
        return text;
    }

    private static URI uri(String address, String type) throws UnusableProviderException {
        if (address.isEmpty()) {
            throw new UnusableProviderException(
                    "it has no address: set spec.address, or the key 'address' of its Secret");
        }
        var scp = SCP.matcher(address);
        String text =
                Notifiers.isOfCommits(type) && scp.matches() ? "ssh://" + scp.group(1) + '/' + scp.group(2) : address;
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && (isWeb(uri) || Notifiers.isOfCommits(type))) {
                return withPort(uri);
            }
        } catch (IllegalArgumentException notAUrl) {
            // said below: the address may be a secret
        }
        throw new UnusableProviderException("its address is no URL: begin it with https:// and the name of a host");
    }

    private static boolean isWeb(URI address) {
        return "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    }

    private static URI withPort(URI uri) throws UnusableProviderException {
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw new UnusableProviderException("its address has the port " + uri.getPort()
                    + ", which no server can have: write one from 1 to " + MAX_PORT);
        }
        return uri;
    }

    private @Nullable ProxyAddress proxy(Resource<ProviderSpec> provider, @Nullable SecretContent secret)
            throws UnusableProviderException, IOException {
        ProviderSpec spec = provider.spec();
        String from = provider.namespace() + '/' + provider.name();
        SecretContent content = secret(provider, spec.proxySecretRef(), "spec.proxySecretRef");
        if (content == null) {
            String old = text(secret, PROXY).orElse(spec.proxy());
            if (old == null || old.isEmpty()) {
                return null;
            }
            content = proxySecret(old);
        } else {
            from = provider.namespace()
                    + '/'
                    + Objects.requireNonNull(spec.proxySecretRef()).name();
        }
        try {
            return ProxyAddress.read(content, from);
        } catch (SecretException wrong) {
            throw new UnusableProviderException(String.valueOf(wrong.getMessage()));
        }
    }

    /** An address of the old kind, which may hold user and password, as a Secret has them. */
    private static SecretContent proxySecret(String address) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("address", address);
        try {
            String login = URI.create(address).getUserInfo();
            if (login != null && !login.isEmpty()) {
                String[] parts = login.split(":", 2);
                entries.put("username", parts[0]);
                entries.put("password", parts.length == 2 ? parts[1] : "");
            }
        } catch (IllegalArgumentException notAUrl) {
            // whoever reads the address says so
        }
        return new SecretContent(null, null, entries);
    }

    /** The key {@code headers} is YAML, name and value a line. */
    private static Map<String, String> headers(@Nullable SecretContent secret) throws UnusableProviderException {
        Optional<String> text = text(secret, "headers");
        if (text.isEmpty()) {
            return Map.of();
        }
        try {
            JsonNode read = FluxJson.readYaml(text.get());
            if (read.isObject()
                    && read.properties().stream().allMatch(one -> one.getValue().isTextual())) {
                Map<String, String> headers = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> one : read.properties()) {
                    headers.put(
                            settable(one.getKey(), one.getValue().textValue()),
                            one.getValue().textValue());
                }
                return headers;
            }
        } catch (IOException notYaml) {
            // its message would show what is in it
        }
        throw new UnusableProviderException(
                "the key 'headers' of its Secret is no map: write NAME: \"VALUE\", one a line");
    }

    /** Some are the client's own, and not every text can be one. */
    private static String settable(String name, String value) throws UnusableProviderException {
        try {
            var unused = HttpRequest.newBuilder().setHeader(name, value);
            return name;
        } catch (IllegalArgumentException refused) {
            throw new UnusableProviderException(
                    "the header '" + name + "' cannot be set: leave it out of the key 'headers' of its Secret");
        }
    }

    private static List<String> hidden(
            Destination destination, @Nullable SecretContent secret, @Nullable ProxyAddress proxy) {
        List<String> all = new ArrayList<>();
        all.add(destination.address().toString());
        Optional.ofNullable(destination.address().getRawPath())
                .filter(path -> path.length() > 1)
                .ifPresent(all::add);
        Optional.ofNullable(destination.address().getRawQuery()).ifPresent(all::add);
        if (isWeb(destination.address())) {
            addLogin(destination.address().getRawUserInfo(), all);
            addLogin(destination.address().getUserInfo(), all);
            BasicLogin.of(destination.address()).ifPresent(all::add);
        }
        if (secret != null) {
            secret.entries().values().forEach(value -> all.add(new String(value, StandardCharsets.UTF_8).strip()));
        }
        all.addAll(destination.headers().values());
        if (proxy != null) {
            all.addAll(proxy.secrets());
        }
        return all;
    }

    /** With the password alone: whoever answers may repeat it. */
    private static void addLogin(@Nullable String login, List<String> into) {
        if (login != null) {
            into.add(login);
            into.add(login.substring(login.indexOf(':') + 1));
        }
    }
}

package dev.tidemark.watcher.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A docker configuration with the kubelet's matching: hosts label by label with {@code *}, the port equal, the path a
 * prefix (flux-git-based 9.2). Which of several matches counts is for {@link Logins} to say.
 */
final class DockerConfig {

    private final List<Entry> entries = new ArrayList<>();

    /**
     * One registry, or a part of one.
     *
     * @param host canonical host and port, may have {@code *} in its labels
     * @param path with its slash, or empty
     * @param from the Secret that it was read from, {@code namespace/name}
     */
    record Entry(String host, String path, JsonNode content, String from) {

        /** What the kubelet sorts by: the more specific of two keys that match is the greater one. */
        String key() {
            return host + path;
        }

        boolean matches(String registry, String repository) {
            return sameHost(host, registry) && ("/" + repository).startsWith(path);
        }

        /** Empty when it holds no login. */
        Optional<Login> login() {
            return DockerConfig.login(content, from);
        }
    }

    private DockerConfig(JsonNode auths, String from) {
        auths.properties().forEach(e -> entries.add(entry(e.getKey(), e.getValue(), from)));
    }

    private static Entry entry(String key, JsonNode content, String from) {
        String bare = key.replaceFirst("^[A-Za-z]+://", "");
        int slash = bare.indexOf('/');
        String path = slash < 0 ? "" : bare.substring(slash);
        path = path.replaceFirst("^/v[12]/", "/").replaceFirst("^/v[12]$", "").replaceFirst("^/$", "");
        return new Entry(RegistryHost.canonical(key), path, content, from);
    }

    /** {@code .dockerconfigjson}: entries below {@code auths}. */
    static DockerConfig parse(String text, String from) throws JsonProcessingException {
        return new DockerConfig(FluxJson.json().readTree(text).path("auths"), from);
    }

    /** {@code .dockercfg}: the entries themselves. */
    static DockerConfig parseOld(String text, String from) throws JsonProcessingException {
        return new DockerConfig(FluxJson.json().readTree(text), from);
    }

    /** The entries that match a registry's canonical host. */
    List<Entry> matching(String registry, String repository) {
        return entries.stream().filter(e -> e.matches(registry, repository)).toList();
    }

    private static boolean sameHost(String keyAuthority, String authority) {
        String[] key = keyAuthority.split(":", 2);
        String[] wanted = authority.split(":", 2);
        String keyPort = key.length > 1 ? key[1] : "";
        String port = wanted.length > 1 ? wanted[1] : "";
        String[] keyLabels = key[0].split("\\.", -1);
        String[] labels = wanted[0].split("\\.", -1);
        if (!keyPort.equals(port) || keyLabels.length != labels.length) {
            return false;
        }
        for (int i = 0; i < labels.length; i++) {
            if (!glob(keyLabels[i], labels[i])) {
                return false;
            }
        }
        return true;
    }

    /** {@code *} stands for any run of characters inside one label. */
    private static boolean glob(String pattern, String text) {
        int at = 0;
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(text);
        }
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1) {
                return text.length() - at >= parts[i].length() && text.endsWith(parts[i]);
            }
            int found = i == 0 ? (text.startsWith(parts[0]) ? 0 : -1) : text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }

    private static Optional<Login> login(JsonNode entry, String from) {
        String token = entry.path("identitytoken").asText("");
        if (!token.isEmpty()) {
            return Optional.of(new Login.IdentityToken(token, from));
        }
        String user = entry.path("username").asText("");
        String password = entry.path("password").asText("");
        String auth = entry.path("auth").asText("");
        if (!auth.isEmpty()) {
            String pair = decode(auth);
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                user = pair.substring(0, colon);
                // Some tools pad the text with zero bytes.
                password = pair.substring(colon + 1).replaceAll("\0+$", "");
            }
        }
        return user.isEmpty() && password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Login.Password(user, password, from));
    }

    private static String decode(String auth) {
        try {
            return new String(Base64.getMimeDecoder().decode(auth), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}

package dev.tidemark.watcher.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A docker configuration with the kubelet's matching: hosts label by label with {@code *}, the port equal, the path a
 * prefix, longer keys first, and only the first match counts (flux-git-based 9.2).
 */
final class DockerConfig {

    private final Map<String, JsonNode> entries = new TreeMap<>(Comparator.reverseOrder());

    private DockerConfig(JsonNode auths) {
        auths.properties().forEach(e -> entries.put(e.getKey(), e.getValue()));
    }

    /** {@code .dockerconfigjson}: entries below {@code auths}. */
    static DockerConfig parse(String text) throws JsonProcessingException {
        return new DockerConfig(FluxJson.json().readTree(text).path("auths"));
    }

    /** {@code .dockercfg}: the entries themselves. */
    static DockerConfig parseOld(String text) throws JsonProcessingException {
        return new DockerConfig(FluxJson.json().readTree(text));
    }

    /** What to log in with at a registry, if an entry matches. */
    Optional<Login> find(String authority, String repository, String from) {
        return entries.entrySet().stream()
                .filter(e -> matches(e.getKey(), authority, repository))
                .findFirst()
                .flatMap(e -> login(e.getValue(), from));
    }

    private static boolean matches(String key, String authority, String repository) {
        String bare = key.replaceFirst("^[a-z]+://", "");
        int slash = bare.indexOf('/');
        String keyAuthority = slash < 0 ? bare : bare.substring(0, slash);
        String path = slash < 0 ? "" : bare.substring(slash);
        path = path.replaceFirst("^/v[12]/", "/").replaceFirst("^/v[12]$", "").replaceFirst("^/$", "");
        return sameHost(keyAuthority, authority) && ("/" + repository).startsWith(path);
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

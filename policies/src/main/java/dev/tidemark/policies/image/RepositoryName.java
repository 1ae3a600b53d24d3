package dev.tidemark.policies.image;

import com.google.re2j.Pattern;
import dev.tidemark.go.net.IpV6;
import dev.tidemark.policies.Parsed;

/**
 * A repository on a registry, in canonical form (spec flux-git-based 9.1).
 *
 * @param registry host and, where given, port; Docker Hub is {@code index.docker.io}
 * @param repository path below the registry, with {@code library/} where Docker Hub implies it
 */
public record RepositoryName(String registry, String repository) {

    private static final String DOCKER_HUB = "index.docker.io";
    private static final String DOCKER_HUB_ALIAS = "docker.io";
    private static final String OCI_SCHEME = "oci://";
    private static final int MIN_LENGTH = 2;
    private static final int MAX_LENGTH = 255;

    private static final Pattern REPOSITORY_CHARACTERS = Pattern.compile("[a-z0-9_./-]*");

    /** What may stand unescaped in the host of a URL; an escape would not read back as it was written. */
    private static final Pattern HOST_CHARACTERS =
            Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=<>\"\\x{80}-\\x{10FFFF}:\\[\\]-]*");

    private static final Pattern OPTIONAL_PORT = Pattern.compile("(?::[0-9]*)?");
    private static final Pattern LOCALHOST_NAME = Pattern.compile("(?s).*\\.localhost(?::[0-9]{1,5})?");
    private static final Pattern PRIVATE_IPV4 =
            Pattern.compile("(?:10\\.%1$s|172\\.(?:1[6-9]|2[0-9]|3[01])|192\\.168)\\.%1$s\\.%1$s"
                    .formatted("(?:[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])"));

    /** Takes Docker's short forms such as {@code nginx}. */
    public static Parsed<RepositoryName> parse(String text) {
        return parse(text, false);
    }

    /** An {@code oci://} address, as input providers name repositories; the scheme may be missing. */
    public static Parsed<RepositoryName> parseOciAddress(String address) {
        return parse(address.startsWith(OCI_SCHEME) ? address.substring(OCI_SCHEME.length()) : address);
    }

    static Parsed<RepositoryName> parse(String text, boolean strict) {
        if (text.isEmpty()) {
            return Parsed.malformed("a repository name must be specified");
        }
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        boolean named = first.indexOf('.') >= 0 || first.indexOf(':') >= 0;
        String host = named ? first : "";
        String path = named ? text.substring(slash + 1) : text;
        if (path.length() < MIN_LENGTH || path.codePointCount(0, path.length()) > MAX_LENGTH) {
            return Parsed.malformed("repository must be between %d and %d characters in length: %s"
                    .formatted(MIN_LENGTH, MAX_LENGTH, path));
        }
        if (!REPOSITORY_CHARACTERS.matches(path)) {
            return Parsed.malformed(
                    "repository can only contain the characters `abcdefghijklmnopqrstuvwxyz0123456789_-./`: " + path);
        }
        if (!isAuthority(host)) {
            return Parsed.malformed("registries must be valid RFC 3986 URI authorities: " + host);
        }
        String registry = host.isEmpty() || host.equals(DOCKER_HUB_ALIAS) ? DOCKER_HUB : host;
        boolean implicitLibrary = registry.equals(DOCKER_HUB) && path.indexOf('/') < 0;
        if (strict && (host.isEmpty() || implicitLibrary)) {
            return Parsed.malformed("strict validation requires the registry and the full path: " + text);
        }
        return Parsed.of(new RepositoryName(registry, implicitLibrary ? "library/" + path : path));
    }

    /** Go reads the port behind the last colon, and takes others before it unless the host is in brackets. */
    private static boolean isAuthority(String host) {
        int bracket = host.lastIndexOf('[');
        if (!HOST_CHARACTERS.matches(host) || bracket > 0) {
            return false;
        }
        if (bracket == 0) {
            int end = host.lastIndexOf(']');
            return end > 0 && OPTIONAL_PORT.matches(host.substring(end + 1)) && IpV6.isAddress(host.substring(1, end));
        }
        int colon = host.lastIndexOf(':');
        return colon < 0 || OPTIONAL_PORT.matches(host.substring(colon));
    }

    /** The identity of the repository: {@code registry/repository}. */
    public String canonical() {
        return registry + '/' + repository;
    }

    /** Whether the host is reached by plain HTTP without being asked to: loopback, private, {@code .localhost}. */
    public boolean isPlainHttpHost() {
        int colon = registry.indexOf(':');
        return PRIVATE_IPV4.matches(colon < 0 ? registry : registry.substring(0, colon))
                || registry.startsWith("localhost:")
                || LOCALHOST_NAME.matches(registry)
                || registry.contains("127.0.0.1")
                || registry.contains("::1");
    }
}

package dev.tidemark.watcher.oci;

import java.util.Locale;
import java.util.Set;

/**
 * The one spelling of a registry's host, for whatever is looked up by it: mirrors, logins, budgets, kept tokens
 * (registries 2.9). Images keep the name that was written, which is part of their identity.
 */
final class RegistryHost {

    static final String DOCKER_HUB = "index.docker.io";
    private static final Set<String> DOCKER_HUB_ALIASES =
            Set.of("docker.io", "registry-1.docker.io", "registry.docker.io", "registry.hub.docker.com");

    private static final String TLS_PORT = ":443";

    private RegistryHost() {}

    /** Of a host, a host and port, or a URL of which only these count: lower case, without the default port. */
    static String canonical(String text) {
        String host = text.strip().toLowerCase(Locale.ROOT);
        int scheme = host.indexOf("://");
        String port = host.startsWith("http://") ? ":80" : TLS_PORT;
        host = scheme < 0 ? host : host.substring(scheme + 3);
        int slash = host.indexOf('/');
        host = slash < 0 ? host : host.substring(0, slash);
        host = host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return DOCKER_HUB_ALIASES.contains(host) ? DOCKER_HUB : host;
    }
}

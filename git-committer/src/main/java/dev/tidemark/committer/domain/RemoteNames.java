package dev.tidemark.committer.domain;

import java.net.URI;
import java.util.Locale;

/** The normal form of a Git remote: two spellings of one remote must be one branch, so that it has one writer. */
public final class RemoteNames {

    private RemoteNames() {}

    /**
     * Host in lower case and path, without scheme, user, default port, {@code .git} and slashes at the end. A
     * {@code file} remote is its path.
     */
    public static String normalise(URI url) {
        String host = host(url).toLowerCase(Locale.ROOT);
        String port = url.getPort() < 0 || url.getPort() == defaultPort(url.getScheme()) ? "" : ":" + url.getPort();
        String path = url.normalize().getRawPath().replaceAll("/+$", "");
        if (path.endsWith(".git")) {
            path = path.substring(0, path.length() - ".git".length());
        }
        return host + port + path.replaceAll("/{2,}", "/");
    }

    /** The JDK gives none for names that hold an underscore; two such hosts are two remotes all the same. */
    private static String host(URI url) {
        if (url.getHost() != null) {
            return url.getHost();
        }
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static int defaultPort(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> 443;
            case "http" -> 80;
            case "ssh" -> 22;
            default -> -1;
        };
    }
}

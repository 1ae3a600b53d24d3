package dev.tidemark.watcher.oci;

import java.net.URI;
import java.util.Locale;

/** Whom a URL speaks to: a login stays with it. */
record Origin(String scheme, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Of an absolute URL; spelling and the default port make no difference. */
    static Origin of(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        // Names with an underscore are a registry's authority for Java, but no host.
        String host = url.getHost() == null ? String.valueOf(url.getRawAuthority()) : url.getHost();
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? HTTPS : HTTP;
        return new Origin(scheme, host.toLowerCase(Locale.ROOT), port);
    }

    /** Whether a URL speaks to it, and has nothing else in its authority. */
    boolean isOf(URI url) {
        return url.getRawAuthority() != null && url.getRawUserInfo() == null && equals(of(url));
    }
}

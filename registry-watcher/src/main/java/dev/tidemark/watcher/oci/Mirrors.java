package dev.tidemark.watcher.oci;

import dev.tidemark.runtime.LogKeys;
import dev.tidemark.watcher.domain.Watchlist;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The mirrors that are set: what their addresses may be, and which of them no image uses. */
public final class Mirrors {

    private static final System.Logger LOG = System.getLogger(Mirrors.class.getName());

    private final Set<String> hosts;
    private List<String> unused = List.of();

    /** @param hosts for which a mirror is set */
    public Mirrors(Set<String> hosts) {
        this.hosts = hosts;
    }

    /** Mentions a mirror once for each time that it begins to be of no use: its host may be misspelt. */
    public synchronized void notice(Watchlist watchlist) {
        var images =
                watchlist.feeds().keySet().stream().map(feed -> feed.image()).toList();
        List<String> now = OciRegistry.unused(hosts, images);
        now.stream()
                .filter(host -> !unused.contains(host))
                .forEach(host -> LOG.log(
                        Level.WARNING,
                        LogKeys.line(
                                "mirror-unused",
                                "registry",
                                host,
                                LogKeys.REASON,
                                "no image is declared at this registry")));
        unused = now;
    }

    /**
     * Whether a mirror may be set like this.
     *
     * @throws IllegalArgumentException when not, with the setting and what it should be
     */
    public static void check(String host, URI base) {
        if (String.valueOf(base.getRawAuthority()).indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "tidemark.registry-watcher.mirrors.\"" + host
                            + "\" has a login in its URL: write it without, and the login into the Secret that the images name");
        }
        boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        String path = base.getRawPath();
        if (!web || base.getRawAuthority() == null || !(path == null || path.isEmpty()) || base.getRawQuery() != null) {
            throw new IllegalArgumentException("tidemark.registry-watcher.mirrors.\"" + host + "\"=" + base
                    + ": expected a base URL without a path, for example http://localhost:5000");
        }
    }
}

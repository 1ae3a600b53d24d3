package dev.tidemark.watcher.app;

import dev.tidemark.watcher.domain.Watchlist;
import dev.tidemark.watcher.oci.OciRegistry;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;

/** Mentions a mirror that no image uses, once for each time that this begins to be so: its host may be misspelt. */
final class MirrorNotice {

    private static final System.Logger LOG = System.getLogger(MirrorNotice.class.getName());

    private final Set<String> mirrors;
    private List<String> unused = List.of();

    MirrorNotice(Set<String> mirrors) {
        this.mirrors = mirrors;
    }

    synchronized void look(Watchlist watchlist) {
        var images =
                watchlist.feeds().keySet().stream().map(feed -> feed.image()).toList();
        List<String> now = OciRegistry.unused(mirrors, images);
        now.stream()
                .filter(host -> !unused.contains(host))
                .forEach(host -> LOG.log(
                        Level.WARNING,
                        "the mirror of '" + host + "' is not used: no image is declared at this registry"));
        unused = now;
    }
}

package dev.tidemark.watcher.oci;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.watcher.domain.FeedDeclaration;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mirrors that are set: what their addresses may be, and which of them no image uses. For any thread. */
public final class Mirrors {

    private static final System.Logger LOG = System.getLogger(Mirrors.class.getName());

    /** As they are spelled, by host. */
    private final Map<String, String> spellings = new HashMap<>();

    /** Of resources whose images are at one of these hosts, the host. */
    private final Map<ResourceId, String> used = new HashMap<>();

    private final Map<String, Integer> users = new HashMap<>();

    /** @param hosts for which a mirror is set */
    public Mirrors(Collection<String> hosts) {
        hosts.forEach(host -> spellings.put(RegistryHost.canonical(host), host));
    }

    /** Takes what is declared, and mentions each mirror that is of no use: its host may be misspelt. */
    public synchronized void begin(Resources resources) {
        if (spellings.isEmpty()) {
            return;
        }
        resources.all(Kinds.IMAGE_REPOSITORY).forEach(this::uses);
        resources.all(Kinds.RESOURCE_SET_INPUT_PROVIDER).forEach(this::uses);
        unused().forEach(Mirrors::mention);
    }

    /** Mentions a mirror once for each time that it begins to be of no use. */
    public synchronized void changed(List<Change> changes) {
        if (spellings.isEmpty()) {
            return;
        }
        List<String> before = unused();
        changes.forEach(change -> {
            switch (change) {
                case Change.Upserted upserted -> uses(upserted.after());
                case Change.Deleted deleted -> uses(deleted.id(), Optional.empty());
            }
        });
        unused().stream().filter(host -> !before.contains(host)).forEach(Mirrors::mention);
    }

    private void uses(Resource<?> resource) {
        Optional<String> host = FeedDeclaration.of(resource)
                .watched()
                .map(watched -> RegistryHost.canonical(watched.feed().image().registry()));
        uses(resource.id(), host.filter(spellings::containsKey));
    }

    private void uses(ResourceId id, Optional<String> host) {
        String before = host.isPresent() ? used.put(id, host.get()) : used.remove(id);
        if (before != null) {
            users.merge(before, -1, Integer::sum);
        }
        host.ifPresent(now -> users.merge(now, 1, Integer::sum));
    }

    /** As they are spelled. */
    synchronized List<String> unused() {
        return spellings.entrySet().stream()
                .filter(host -> users.getOrDefault(host.getKey(), 0) == 0)
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private static void mention(String host) {
        LOG.log(
                Level.WARNING,
                LogKeys.line(
                        "mirror-unused", "registry", host, LogKeys.REASON, "no image is declared at this registry"));
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

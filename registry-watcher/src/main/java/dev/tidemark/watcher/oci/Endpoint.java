package dev.tidemark.watcher.oci;

import dev.tidemark.events.ImageName;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.policies.image.RepositoryName;
import java.net.URI;
import java.util.Map;

/**
 * Where a repository is reached.
 *
 * @param base scheme, host and port
 * @param repository path below {@code /v2/}
 */
record Endpoint(URI base, String repository) {

    /**
     * A mirror where one is set for the registry's host, else the registry itself: by plain HTTP when that is allowed or
     * the host is a loopback or private one (flux-git-based 9.4). Who names certificates wants TLS there too; for an
     * input provider they also stand above {@code insecure} (flux-gitless 1.4).
     */
    static Endpoint of(ImageName image, AccessProfile access, Map<String, URI> mirrors) {
        URI mirror = mirrors.get(image.registry());
        if (mirror != null) {
            return new Endpoint(mirror, image.repository());
        }
        boolean plain = access.certificates() == null
                ? access.insecure() || new RepositoryName(image.registry(), image.repository()).isPlainHttpHost()
                : access.insecure() && !access.onlyOwnCertificates();
        return new Endpoint(URI.create((plain ? "http://" : "https://") + image.registry()), image.repository());
    }

    String authority() {
        return base.getRawAuthority();
    }

    URI tags(String query) {
        return URI.create(base + "/v2/" + repository + "/tags/list" + (query.isEmpty() ? "" : "?" + query));
    }

    URI manifest(String tag) {
        return URI.create(base + "/v2/" + repository + "/manifests/" + tag);
    }
}

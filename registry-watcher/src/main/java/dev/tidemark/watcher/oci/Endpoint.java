package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
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
 * @param plainAllowed whether plain HTTP will do where the host does not speak TLS
 */
record Endpoint(URI base, String repository, boolean plainAllowed) {

    private static final int MAX_PORT = 65_535;

    /**
     * A mirror where one is set for the registry's host, else the registry itself: by TLS, or by plain HTTP when that is
     * allowed or the host is a loopback or private one (flux-git-based 9.4). Who names certificates wants TLS there too;
     * for an input provider they also stand above {@code insecure} (flux-gitless 1.4).
     *
     * @param mirrors by canonical host
     * @throws RegistryException when the image names no host that a request can be sent to
     */
    static Endpoint of(ImageName image, AccessProfile access, Map<String, URI> mirrors) throws RegistryException {
        URI mirror = mirrors.get(RegistryHost.canonical(image.registry()));
        if (mirror != null) {
            return new Endpoint(mirror, image.repository(), false);
        }
        boolean plain = access.certificates() == null
                ? access.insecure() || new RepositoryName(image.registry(), image.repository()).isPlainHttpHost()
                : access.insecure() && !access.onlyOwnCertificates();
        try {
            URI base = URI.create("https://" + image.registry());
            if (base.getHost() != null && base.getPort() <= MAX_PORT && base.getRawUserInfo() == null) {
                return new Endpoint(base, image.repository(), plain);
            }
        } catch (IllegalArgumentException notAHost) {
            // told below
        }
        throw new RegistryException(
                ScanFailure.UNREACHABLE,
                "'" + image.registry() + "' is no host that can be asked: write HOST or HOST:PORT, letters, digits,"
                        + " dots and hyphens");
    }

    /** By plain HTTP. */
    Endpoint plain() {
        return new Endpoint(URI.create("http://" + authority()), repository, false);
    }

    Origin origin() {
        return Origin.of(base);
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

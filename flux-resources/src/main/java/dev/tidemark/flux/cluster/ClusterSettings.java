package dev.tidemark.flux.cluster;

import java.net.URI;
import java.util.Optional;

/**
 * What of a cluster is looked at.
 *
 * @param namespace the only one; empty for all
 * @param selector labels of the objects that are worked on, as {@code kubectl -l} takes them; empty for all
 * @param takeOver whether objects are worked on that another controller works on
 * @param events where Flux's notifications are posted to as well
 */
public record ClusterSettings(String namespace, String selector, boolean takeOver, Optional<URI> events) {

    /** Everything. */
    public static final ClusterSettings ALL = new ClusterSettings("", "", false, Optional.empty());
}

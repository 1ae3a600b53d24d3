package dev.tidemark.runtime.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** What of a cluster is looked at, where {@code tidemark.resources} is {@code kubernetes}. */
@ConfigMapping(prefix = "tidemark.kubernetes")
public interface KubernetesConfig {

    /** The only namespace that is looked at; all of them where it is not set. */
    Optional<String> namespace();

    /** Labels of the objects that are worked on, as kubectl takes them after {@code -l}; all where it is not set. */
    Optional<String> selector();

    /**
     * Whether objects are worked on that another controller, such as Flux's, works on. Else they are in shadow: what would
     * be done is compared with what the other does, and nothing is written, until the object has the label
     * {@code sharding.fluxcd.io/key: tidemark}.
     */
    @WithDefault("false")
    boolean takeOver();

    /** Where Flux's notification-controller takes events: each is posted there as well, and Alerts are its to serve. */
    Optional<URI> eventsAddress();
}

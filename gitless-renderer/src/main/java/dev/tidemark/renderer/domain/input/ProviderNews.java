package dev.tidemark.renderer.domain.input;

import dev.tidemark.flux.ResourceId;
import java.util.Set;

/** Hears what the log has new about providers, on a thread of the log: notes it and returns. */
public interface ProviderNews {

    /** Something else is known about what these providers select. */
    void selected(Set<ResourceId> providers);

    /** Whether these feeds can be scanned is other than before. */
    void scanned(Set<String> feeds);

    /** These feeds were polled: of interest to the status of providers only. */
    void polled(Set<String> feeds);
}

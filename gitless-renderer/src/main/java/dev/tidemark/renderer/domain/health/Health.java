package dev.tidemark.renderer.domain.health;

import dev.tidemark.renderer.domain.KubeObject;
import java.time.Instant;

/** How an object stands, in the words of kstatus. */
public sealed interface Health {

    /** It is as it was asked to be. */
    record Current() implements Health {}

    /** Not yet, and nothing says that it will not be. */
    record InProgress(String words) implements Health {}

    /** Not without somebody's help. */
    record Failed(String words) implements Health {}

    /**
     * Of an object as it is in the cluster. The first rule that fits decides (flux-gitless 2.9.1).
     *
     * @param now since a Pod that cannot be scheduled is given some seconds
     */
    static Health of(KubeObject live, Instant now) {
        return HealthRules.of(live, now);
    }
}

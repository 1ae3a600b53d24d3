package dev.tidemark.policies.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a tag beside its name.
 *
 * @param firstSeen our own clock's time; nothing when its age is unknown
 * @param digest nothing while no registry has told it
 */
public record TagFacts(Optional<Instant> firstSeen, Optional<DigestFacts> digest) {

    public static final TagFacts UNKNOWN = new TagFacts(Optional.empty(), Optional.empty());

    /**
     * What is known of a digest.
     *
     * @param seen when the registry last told it
     * @param moved when it was first seen in place of another one; nothing where none was ever seen before it
     * @param answered whether the registry told it because this policy asked
     */
    public record DigestFacts(Instant seen, Optional<Instant> moved, boolean answered) {

        /**
         * A digest that was seen so recently is as good as one asked for now; a webhook's own check is milliseconds old. An
         * older one may be of content that was overwritten since.
         */
        private static final Duration FRESH = Duration.ofMinutes(1);

        /** Whether what was seen then is as good at that time as if it were asked for. */
        public static boolean isFresh(Instant seen, Instant at) {
            return !seen.plus(FRESH).isBefore(at);
        }
    }
}

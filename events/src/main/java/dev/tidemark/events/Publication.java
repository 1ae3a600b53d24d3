package dev.tidemark.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is appended to the log: an event under its own key, or the word that a key is gone. */
public sealed interface Publication {

    /** An event, to the topic of its type. */
    record Fact(Envelope<?> envelope) implements Publication {}

    /**
     * A tombstone.
     *
     * @param headers say more about it
     */
    record Tombstone(Topic topic, String key, Map<String, String> headers) implements Publication {

        /** The header that carries the epoch of the owner that writes it, as a fact says it in its value. */
        public static final String EPOCH_HEADER = "epoch";

        /** The epoch that a tombstone's headers say; null where they say none. */
        public static @Nullable Long epoch(Map<String, String> headers) {
            String text = headers.get(EPOCH_HEADER);
            try {
                return text == null ? null : Long.valueOf(text);
            } catch (NumberFormatException strange) {
                return null;
            }
        }

        public Tombstone(Topic topic, String key) {
            this(topic, key, Map.of());
        }
    }
}

package dev.tidemark.events;

import java.util.List;

/** Appends to the log and waits until the broker has it. How many may be under way at once is bounded. */
public interface EventPublisher {

    /**
     * Appends in this order, and returns when the broker has all of it.
     *
     * @throws LogUnavailableException when the broker does not take it in time, or the caller is interrupted meanwhile;
     *     what came before the fault may be in the log
     */
    void append(List<? extends Publication> publications);

    /** Appends one event. */
    default void append(Envelope<?> event) {
        append(List.of(new Publication.Fact(event)));
    }
}

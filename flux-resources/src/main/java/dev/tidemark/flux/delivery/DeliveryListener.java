package dev.tidemark.flux.delivery;

/** Counts what became of events that somebody wanted to hear. */
@FunctionalInterface
public interface DeliveryListener {

    /** What became of one, for one Alert. */
    enum Result {
        DELIVERED,
        FAILED,
        /** Too much waited already. */
        LOST
    }

    /** @param type of the Provider where it is one that is served, else {@code other} */
    void became(String type, Result result);
}

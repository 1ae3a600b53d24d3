package dev.tidemark.flux.delivery;

import dev.tidemark.flux.ResourceId;

/** Is told what becomes of events that somebody wanted to hear. */
public interface DeliveryListener {

    /** What became of one, for one Alert. */
    enum Result {
        DELIVERED,
        FAILED,
        /** Too much waited already. */
        LOST
    }

    /**
     * One event, for one Alert.
     *
     * @param object that it is about, {@code Kind/namespace/name}
     * @param type of the Provider where it is one that is served, else {@code other}
     */
    void became(ResourceId alert, String object, String type, Result result);

    /** Not served, for a reason that was not said since the Alert was served last. */
    void fails(FailingAlert alert);

    /** Served again. */
    void works(FailingAlert before);

    /** More happens than can be compared with Alerts: an event is told to nobody. */
    void overflows();
}

package dev.tidemark.events;

/** An event that nobody would read. Trying again does not help: whoever makes it must say less, or say it in parts. */
public final class EventTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventTooLargeException(EventType type, String key, int bytes) {
        super("the event " + type.wireName() + " of " + key + " has " + bytes + " bytes, more than the "
                + EventCodec.MAX_VALUE_BYTES + " that are read");
    }
}

package dev.tidemark.watcher.domain.budget;

import dev.tidemark.watcher.domain.Urgency;

/** The requests of one list or about one tag, one after the other. */
public final class RequestStream {

    private final Kind kind;
    private final Urgency urgency;
    private final String repository;
    private boolean open;
    private boolean closed;
    private long sentAt;

    /** What is asked for. */
    public enum Kind {
        /** A request or two. */
        TAG,
        /** A request for each page. */
        LISTING
    }

    public RequestStream(Kind kind, Urgency urgency, String repository) {
        this.kind = kind;
        this.urgency = urgency;
        this.repository = repository;
    }

    public Kind kind() {
        return kind;
    }

    public Urgency urgency() {
        return urgency;
    }

    public String repository() {
        return repository;
    }

    boolean isOpen() {
        return open;
    }

    boolean isClosed() {
        return closed;
    }

    void opened() {
        open = true;
    }

    void closed() {
        open = false;
        closed = true;
    }

    /** When its newest request was allowed to go. */
    long sentAt() {
        return sentAt;
    }

    void sent(long now) {
        sentAt = now;
    }
}

package dev.tidemark.watcher.listener;

import dev.tidemark.watcher.hook.WebhookHandler;
import java.io.ByteArrayOutputStream;

/**
 * A body as it comes, within its own limit and the budget of all. Only bytes that have come count: a sender who announces
 * much and sends little takes nothing from the others.
 */
final class IncomingBody implements AutoCloseable {

    /** The buffer, of which half may be empty, and the whole that is made of it at the end. */
    private static final int COPIES = 3;

    private final BodyBudget budget;

    /** And no list of parts: a sender of a million parts of one byte would take ten times what is counted. */
    private ByteArrayOutputStream buffer = new ByteArrayOutputStream();

    private long taken;
    private boolean closed;

    IncomingBody(BodyBudget budget) {
        this.budget = budget;
    }

    /** What became of a part. */
    enum Outcome {
        KEPT,
        /** The body is larger than any may be. */
        TOO_LARGE,
        /** All bodies together are. */
        NO_ROOM
    }

    synchronized Outcome add(byte[] part) {
        if (buffer.size() + part.length > WebhookHandler.MAX_BODY) {
            return Outcome.TOO_LARGE;
        }
        long bytes = (long) part.length * COPIES;
        if (closed || !budget.take(bytes)) {
            return Outcome.NO_ROOM;
        }
        taken += bytes;
        buffer.writeBytes(part);
        return Outcome.KEPT;
    }

    synchronized byte[] whole() {
        byte[] whole = buffer.toByteArray();
        buffer = new ByteArrayOutputStream();
        return whole;
    }

    /** Gives back what it took; once, however often it is called. */
    @Override
    public synchronized void close() {
        closed = true;
        buffer = new ByteArrayOutputStream();
        budget.giveBack(taken);
        taken = 0;
    }
}

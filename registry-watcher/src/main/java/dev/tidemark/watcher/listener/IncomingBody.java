package dev.tidemark.watcher.listener;

import dev.tidemark.watcher.hook.Door;
import java.util.ArrayList;
import java.util.List;

/**
 * A body as it comes, within its own limit and the budget of all. Only bytes that have come count: a sender who announces
 * much and sends little takes nothing from the others.
 */
final class IncomingBody implements AutoCloseable {

    /** The parts, and the whole that is made of them at the end. */
    private static final int COPIES = 2;

    private final BodyBudget budget;
    private final List<byte[]> parts = new ArrayList<>();
    private int size;
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
        if (size + part.length > Door.MAX_BODY) {
            return Outcome.TOO_LARGE;
        }
        long bytes = (long) part.length * COPIES;
        if (closed || !budget.take(bytes)) {
            return Outcome.NO_ROOM;
        }
        taken += bytes;
        size += part.length;
        parts.add(part);
        return Outcome.KEPT;
    }

    synchronized byte[] whole() {
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        parts.clear();
        return whole;
    }

    /** Gives back what it took; once, however often it is called. */
    @Override
    public synchronized void close() {
        closed = true;
        parts.clear();
        budget.giveBack(taken);
        taken = 0;
    }
}

package dev.tidemark.watcher.domain.budget;

import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.RequestStream.Kind;

/**
 * Who holds the places of a window. Lists have three quarters of them at most, since they hold them long, and routine
 * polls half: a tag that somebody waits for finds one, however many lists there are, also when the window has shrunk.
 */
final class Places {

    private static final int QUARTERS = 4;

    private int lists;
    private int tags;

    /** Of both. */
    private int routine;

    int taken() {
        return lists + tags;
    }

    void took(RequestStream stream) {
        count(stream, 1);
    }

    void gaveBack(RequestStream stream) {
        count(stream, -1);
    }

    private void count(RequestStream stream, int change) {
        switch (stream.kind()) {
            case LISTING -> lists += change;
            case TAG -> tags += change;
        }
        routine += stream.urgency() == Urgency.ROUTINE ? change : 0;
    }

    /** Whether one more of these fits into a window of so many, two at least. */
    boolean isFree(Kind kind, Urgency urgency, int limit) {
        int reserve = Math.max(1, limit / QUARTERS);
        if (urgency == Urgency.ROUTINE && routine >= Math.max(1, limit / 2)) {
            return false;
        }
        if (kind == Kind.LISTING) {
            return lists < limit - reserve && taken() < limit;
        }
        // the first routine one needs no more room than anybody, or others could keep it out for ever
        return urgency == Urgency.AWAITED
                ? tags < Math.max(limit - lists, reserve)
                : taken() < (routine == 0 ? limit : limit - reserve);
    }
}

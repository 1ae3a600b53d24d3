package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.ForwardingClone;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A clone of which others know whether it reads from its remote at this moment. What was not read can be read again: an end
 * does not wait for a remote that does not answer, as it does for a push.
 */
final class ReadingClone extends ForwardingClone {

    private boolean reading;

    ReadingClone(WorkingClone of) {
        super(of);
    }

    /** Does something if the remote is read at this moment, and before anything else is done with it. For any thread. */
    synchronized void whileReading(Runnable action) {
        if (reading) {
            action.run();
        }
    }

    private synchronized void reading(boolean now) {
        reading = now;
    }

    private <T> T read(Supplier<T> reads) {
        reading(true);
        try {
            return reads.get();
        } finally {
            reading(false);
        }
    }

    @Override
    public FetchOutcome fetch(Source source, Set<Checkout> wanted) {
        return read(() -> super.fetch(source, wanted));
    }

    @Override
    public HistoryOutcome history(Source source, String ref, @Nullable String known, int limit) {
        return read(() -> super.history(source, ref, known, limit));
    }
}

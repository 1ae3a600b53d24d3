package dev.tidemark.runtime.publish;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several, each told in turn. What is in the log is there, whatever becomes of telling of it: a fault of one keeps nothing
 * from the others, and nobody who reads or appends hears of it.
 */
public record LogListeners(List<LogListener> all) implements LogListener {

    private static final System.Logger LOG = System.getLogger(LogListeners.class.getName());

    @Override
    public void read(Envelope<?> event) {
        each(listener -> listener.read(event));
    }

    @Override
    public void appended(Envelope<?> event) {
        each(listener -> listener.appended(event));
    }

    @Override
    public void deadLetter(Topic from) {
        each(listener -> listener.deadLetter(from));
    }

    private void each(Consumer<LogListener> told) {
        for (LogListener listener : all) {
            try {
                told.accept(listener);
            } catch (RuntimeException fault) {
                LOG.log(Level.ERROR, LogKeys.line("not-told"), fault);
            }
        }
    }
}

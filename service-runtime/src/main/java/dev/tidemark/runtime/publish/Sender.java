package dev.tidemark.runtime.publish;

import dev.tidemark.events.Publication;
import java.util.concurrent.CompletableFuture;

/** Hands one publication to the client of the log. */
@FunctionalInterface
public interface Sender {

    /**
     * Keeps the order of its calls.
     *
     * @return completed when the broker has it
     */
    CompletableFuture<Void> send(Publication publication);
}

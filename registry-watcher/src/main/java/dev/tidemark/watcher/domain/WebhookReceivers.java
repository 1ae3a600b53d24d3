package dev.tidemark.watcher.domain;

import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.status.StatusRule;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Receivers that answer webhooks, as whoever keeps them up to date uses them. For any thread. */
public interface WebhookReceivers {

    /** All that are declared are expected: from now on a path may be unknown. */
    void open();

    /** There is one that is to be read; until it is, nobody knows its path. */
    void expect(ResourceId id);

    /**
     * Works one Receiver out. Not for one and the same by two threads at once.
     *
     * @param secret the one that it refers to, null where there is none
     */
    void read(Resource<ReceiverSpec> receiver, @Nullable SecretContent secret);

    /** It is not declared any more. */
    void remove(ResourceId id);

    /** What the status of a Receiver says; empty for one that is suspended or was not read yet. */
    Optional<StatusRule<ReceiverStatus>> status(ResourceId id, Instant now);
}

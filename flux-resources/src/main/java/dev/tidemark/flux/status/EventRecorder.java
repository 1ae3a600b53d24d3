package dev.tidemark.flux.status;

import dev.tidemark.flux.Resource;
import java.util.Map;

/**
 * What people are told of a resource, as {@code kubectl describe} shows it: each thing once, and how often it happened. A
 * change of readiness is told by whoever writes the status; this is for what no condition says, such as a push.
 */
public interface EventRecorder {

    /** Whether somebody should look. */
    enum Type {
        NORMAL,
        /** Nobody needs to look, the status says it: for whoever wants to hear everything. */
        ROUTINE,
        WARNING
    }

    /**
     * Notes that something happened. Nothing is thrown: what cannot be noted is lost, and the log of the service says so.
     *
     * @param reason one word in CamelCase
     */
    void record(Resource<?> resource, Type type, String reason, String message);

    /**
     * The same with what Flux's events carry beside the message. Who only shows it to people leaves that out.
     *
     * @param metadata by key, such as {@code commit} and {@code revision}
     */
    default void record(Resource<?> resource, Type type, String reason, String message, Map<String, String> metadata) {
        record(resource, type, reason, message);
    }
}

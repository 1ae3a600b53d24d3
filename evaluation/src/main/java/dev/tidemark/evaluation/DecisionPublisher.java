package dev.tidemark.evaluation;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;

/** Where the evaluation writes. */
public interface DecisionPublisher {

    void publish(Envelope<? extends Event> envelope);

    void tombstone(Topic topic, String key);

    /** A policy could not be evaluated, which its own decision says; who replays or explains says nothing more. */
    default void failed(Target target, Throwable fault) {}
}

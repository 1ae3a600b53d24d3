package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Topic;

/** Who only looks writes nothing. */
enum Silence implements DecisionPublisher {
    PUBLISHER;

    @Override
    public void publish(Envelope<? extends Event> envelope) {}

    @Override
    public void tombstone(Topic topic, String key) {}
}

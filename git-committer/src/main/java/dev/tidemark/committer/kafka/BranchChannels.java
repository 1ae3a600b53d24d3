package dev.tidemark.committer.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.BranchState;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * States of branches in both directions, and what was applied. The incoming side exists for its consumer group, which
 * assigns the branches, and to notice a state that another writer wrote; what this replica must remember it reads on
 * assignment.
 */
@Singleton
public class BranchChannels {

    static final String IN = "git-committer-branch-state-in";
    static final String STATE_OUT = "git-committer-branch-state-out";
    static final String APPLIED_OUT = "git-committer-update-applied-out";

    private final MutinyEmitter<Envelope<?>> states;
    private final MutinyEmitter<Envelope<?>> applied;
    private final List<Consumer<BranchState>> listeners = new CopyOnWriteArrayList<>();

    BranchChannels(
            @Channel(STATE_OUT) MutinyEmitter<Envelope<?>> states,
            @Channel(APPLIED_OUT) MutinyEmitter<Envelope<?>> applied) {
        this.states = states;
        this.applied = applied;
    }

    @Incoming(IN)
    void seen(ConsumerRecord<String, Envelope<?>> record) {
        if (record.value() != null && record.value().event() instanceof BranchState state) {
            listeners.forEach(listener -> listener.accept(state));
        }
    }

    /** Calls {@code listener} with every state that appears, on the polling thread. */
    void onState(Consumer<BranchState> listener) {
        listeners.add(listener);
    }

    /** Returns when the broker has the event. */
    void publish(Envelope<? extends Event> event) {
        MutinyEmitter<Envelope<?>> emitter = event.event() instanceof BranchState ? states : applied;
        emitter.sendMessageAndAwait(Message.<Envelope<?>>of(event)
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(event.key())
                        .build()));
    }
}

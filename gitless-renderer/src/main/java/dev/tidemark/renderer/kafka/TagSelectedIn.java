package dev.tidemark.renderer.kafka;

import dev.tidemark.events.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Makes this replica a member of the group whose partitions say who serves what, and keeps undecodable records. The
 * selections themselves are read from a table of the whole topic: an event can then never overtake what it announces.
 */
@ApplicationScoped
public class TagSelectedIn {

    @Incoming(RendererOwnership.CHANNEL)
    void seen(ConsumerRecord<String, @Nullable Envelope<?>> record) {
        // The table wakes whoever uses the selection.
    }
}

package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Publication;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.publish.BoundedPublisher;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.quarkus.ChannelSender;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.eclipse.microprofile.reactive.messaging.OnOverflow.Strategy;

/**
 * All that the watcher writes. Scoped to the application, so that it is made at the first use: routes are registered
 * before the channels exist.
 */
@ApplicationScoped
public class WatcherEvents implements EventPublisher {

    private final BoundedPublisher publisher;

    WatcherEvents(
            @Channel("registry-watcher-out") @OnOverflow(value = Strategy.BUFFER, bufferSize = 512)
                    MutinyEmitter<Envelope<?>> out,
            LogSettings log,
            LogListener listener) {
        ChannelSender sender = new ChannelSender(out, log::name, listener);
        this.publisher = new BoundedPublisher(() -> sender);
    }

    @Override
    public void append(List<? extends Publication> publications) {
        publisher.append(publications);
    }
}

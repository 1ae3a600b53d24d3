package dev.tidemark.allinone;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Stops the broker last: webhook listener, Streams and channels have ended when the application scope is destroyed. */
@Singleton
public class Shutdown {

    void stopBroker(@Observes @Destroyed(ApplicationScoped.class) Object event) {
        Installation.running().ifPresent(installation -> {
            if (!installation.broker().isCompletedExceptionally()) {
                installation.broker().join().close();
            }
            try {
                installation.state().close();
            } catch (IOException e) {
                throw new UncheckedIOException("the state folder could not be released", e);
            }
        });
    }
}

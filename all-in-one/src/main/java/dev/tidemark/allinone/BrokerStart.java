package dev.tidemark.allinone;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;

/** Waits for the broker, which has started beside the container, before anything asks it. */
@Singleton
public class BrokerStart {

    /** Before the topics are made. */
    private static final int FIRST = -2_000_000;

    void await(@Observes @Priority(FIRST) StartupEvent event) {
        Installation.running().ifPresent(installation -> {
            try {
                installation.broker().join();
            } catch (CompletionException e) {
                // the log says where it comes from, and is a file
                System.err.println("tidemark: the broker does not start: " + e.getCause());
                throw e;
            }
        });
    }
}

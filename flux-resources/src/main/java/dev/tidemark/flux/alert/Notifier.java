package dev.tidemark.flux.alert;

import java.io.IOException;

/** Tells events to a destination in its own format. */
@FunctionalInterface
public interface Notifier {

    /**
     * @param event with the metadata that it is told with
     * @throws IOException saying why nobody took it, without a secret
     */
    void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException;
}

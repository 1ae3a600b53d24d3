package dev.tidemark.flux.delivery;

import dev.tidemark.flux.Registration;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.SecretReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Secrets of the namespace {@code apps}. */
final class MapSecrets implements SecretReader {

    private final Map<String, SecretContent> all = new ConcurrentHashMap<>();
    private volatile boolean away;

    MapSecrets with(String name, Map<String, String> entries) {
        all.put("apps/" + name, new SecretContent(null, null, entries));
        return this;
    }

    /** From now on none can be read. */
    void goAway() {
        away = true;
    }

    @Override
    public Optional<SecretContent> get(String namespace, String name) {
        if (away) {
            throw new UncheckedIOException(new IOException("the API server does not answer"));
        }
        return Optional.ofNullable(all.get(namespace + '/' + name));
    }

    @Override
    public void refused(String namespace, String name) {}

    @Override
    public Registration onChange(Consumer<ResourceId> listener) {
        return () -> {};
    }
}

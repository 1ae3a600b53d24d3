package dev.tidemark.flux.delivery;

import dev.tidemark.flux.Registration;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.SecretReader;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Secrets of the namespace {@code apps}. */
final class MapSecrets implements SecretReader {

    private final Map<String, SecretContent> all = new ConcurrentHashMap<>();

    MapSecrets with(String name, Map<String, String> entries) {
        all.put("apps/" + name, new SecretContent(null, null, entries));
        return this;
    }

    @Override
    public Optional<SecretContent> get(String namespace, String name) {
        return Optional.ofNullable(all.get(namespace + '/' + name));
    }

    @Override
    public void refused(String namespace, String name) {}

    @Override
    public Registration onChange(Consumer<ResourceId> listener) {
        return () -> {};
    }
}

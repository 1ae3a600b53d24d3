package dev.tidemark.evaluator;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Resources from YAML, and a place for their status, which may be full for some. */
public final class Manifests implements ResourceSource, StatusStore {

    private final Map<ResourceId, Resource<?>> resources = new HashMap<>();
    private final Map<ResourceId, Object> statuses = new HashMap<>();
    private Optional<ResourceId> unwritable = Optional.empty();

    /** No resources. */
    public Manifests() {}

    /** The manifests of a case below {@code cases}. */
    public static Manifests ofCase(String number) {
        try (InputStream in = Manifests.class.getResourceAsStream("/cases/" + number + "/manifests/all.yaml")) {
            return of(new String(Objects.requireNonNull(in, number).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Manifests of(String documents) {
        Manifests manifests = new Manifests();
        YamlReader each = new YamlReader(documents, YamlDialect.KUBERNETES);
        for (var next = each.next(); next != null; next = each.next()) {
            switch (ResourceReader.read(FluxJson.json().valueToTree(next.value()))) {
                case ResourceReader.Outcome.Read read ->
                    manifests.resources.put(read.resource().id(), read.resource());
                case ResourceReader.Outcome.Invalid invalid -> throw new AssertionError(invalid.message());
                case ResourceReader.Outcome.UnknownKind unknown -> throw new AssertionError(unknown.toString());
            }
        }
        return manifests;
    }

    /** What is written for this resource fails until this is called with nothing. */
    public void unwritable(Optional<ResourceId> resource) {
        unwritable = resource;
    }

    @Override
    public ResourceSnapshot current() {
        return new ResourceSnapshot(resources, List.of());
    }

    @Override
    public Registration onChange(Consumer<ResourceSnapshot> listener) {
        return () -> {};
    }

    @Override
    public <T> Optional<T> read(ResourceId id, Class<T> type) {
        return Optional.ofNullable(type.cast(statuses.get(id)));
    }

    @Override
    public void write(Resource<?> resource, Object status) {
        if (unwritable.filter(resource.id()::equals).isPresent()) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
        statuses.put(resource.id(), status);
    }

    @Override
    public void remove(ResourceId id) {
        statuses.remove(id);
    }
}

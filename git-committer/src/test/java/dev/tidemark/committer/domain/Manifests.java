package dev.tidemark.committer.domain;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Resources from YAML, and a place for their status. */
public final class Manifests implements ResourceSource, StatusStore {

    public static final String REPOSITORY = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: fleet, namespace: apps}
            spec: {url: "https://git.example/org/fleet.git", interval: 5m, ref: {branch: main}}
            """;

    public static final String AUTOMATION = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageUpdateAutomation
            metadata: {name: auto, namespace: apps}
            spec:
              interval: 5m
              sourceRef: {kind: GitRepository, name: fleet}
              git:
                commit:
                  author: {name: bot, email: bot@example.org}
                  messageTemplate: "{{range .Changed.Changes}}{{.NewValue}} {{end}}"
                push: {branch: staging}
            """;

    public static String policy(String name) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: NAME, namespace: apps}
                spec: {imageRepositoryRef: {name: NAME}, policy: {alphabetical: {}}}
                """.replace("NAME", name);
    }

    private final Map<ResourceId, Resource<?>> resources = new HashMap<>();
    public final List<String> told = new ArrayList<>();
    private final Map<ResourceId, Object> statuses = new HashMap<>();
    private final List<Consumer<ResourceSnapshot>> listeners = new ArrayList<>();

    public static Manifests of(String... documents) {
        Manifests manifests = new Manifests();
        for (String document : documents) {
            manifests.apply(document);
        }
        return manifests;
    }

    public void apply(String document) {
        try {
            switch (ResourceReader.read(FluxJson.readYaml(document))) {
                case ResourceReader.Outcome.Read read ->
                    resources.put(read.resource().id(), read.resource());
                case ResourceReader.Outcome.Invalid invalid -> throw new AssertionError(invalid.message());
                case ResourceReader.Outcome.UnknownKind unknown -> throw new AssertionError(unknown.toString());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        changed();
    }

    /** Somebody deletes it. */
    public void delete(ResourceId id) {
        resources.remove(id);
        changed();
    }

    private void changed() {
        List.copyOf(listeners).forEach(listener -> listener.accept(current()));
    }

    @Override
    public ResourceSnapshot current() {
        return new ResourceSnapshot(resources, List.of());
    }

    @Override
    public Registration onChange(Consumer<ResourceSnapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public <T> Optional<T> read(ResourceId id, Class<T> type) {
        return Optional.ofNullable(type.cast(statuses.get(id)));
    }

    @Override
    public void tell(Resource<?> resource, String reason, String message) {
        told.add(resource.id() + " " + reason + ": " + message);
    }

    @Override
    public void write(Resource<?> resource, Object status) {
        statuses.put(resource.id(), status);
    }

    @Override
    public void remove(ResourceId id) {
        statuses.remove(id);
    }
}

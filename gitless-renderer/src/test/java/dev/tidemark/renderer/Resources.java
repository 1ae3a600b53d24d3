package dev.tidemark.renderer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Resources for tests, from YAML text or the seed's manifests. */
public final class Resources {

    private Resources() {}

    public static <S> Resource<S> of(Kind<S> kind, String yaml) {
        try {
            JsonNode object = FluxJson.readYaml(yaml);
            var read = (ResourceReader.Outcome.Read) ResourceReader.read(object);
            return new Resource<>(
                    kind,
                    read.resource().metadata(),
                    kind.content().cast(read.resource().spec()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static <S> Resource<S> seed(Kind<S> kind, String file) {
        try (InputStream in = Resources.class.getResourceAsStream("/seed/gitless/" + file)) {
            return of(kind, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ResourceSnapshot declared(Resource<?>... resources) {
        Map<ResourceId, Resource<?>> byId = new HashMap<>();
        for (Resource<?> resource : resources) {
            byId.put(resource.id(), resource);
        }
        return new ResourceSnapshot(byId, List.of());
    }
}

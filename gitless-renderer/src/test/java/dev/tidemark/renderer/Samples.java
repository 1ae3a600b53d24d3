package dev.tidemark.renderer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.input.DeclaredInputs;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** Resources for tests, from YAML text or the seed's manifests. */
public final class Samples {

    private Samples() {}

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
        try (InputStream in = Samples.class.getResourceAsStream("/seed/gitless/" + file)) {
            return of(kind, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object of any kind, as templates are read. */
    public static KubeObject object(String yaml) {
        Map<String, Object> json = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(new GoYamlDocuments().first(yaml)))
                .forEach((key, value) -> json.put(String.valueOf(key), value));
        return new KubeObject(json);
    }

    /** A cache as the service makes it, of which everything was read and nothing is declared. */
    public static ResourceCache cache(Executor loop) {
        var cache = new ResourceCache(
                Set.of(Kinds.RESOURCE_SET, Kinds.RESOURCE_SET_INPUT_PROVIDER), DeclaredInputs.INDEXES, loop);
        cache.completed(id -> true);
        return cache;
    }

    /** With these resources. */
    public static ResourceCache declared(Collection<? extends Resource<?>> resources) {
        ResourceCache cache = cache(Runnable::run);
        resources.forEach(cache::upsert);
        return cache;
    }

    public static ResourceCache declared(Resource<?>... resources) {
        return declared(List.of(resources));
    }
}

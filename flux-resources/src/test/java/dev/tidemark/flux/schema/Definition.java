package dev.tidemark.flux.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A CustomResourceDefinition of {@code deploy/crds}. */
record Definition(Kind<?> kind, JsonNode object) {

    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("tidemark.root"), "tidemark.root"));

    /** These every cluster has. */
    private static final Set<Kind<?>> BUILT_IN = Set.of(Kinds.SECRET, Kinds.SERVICE_ACCOUNT, Kinds.NAMESPACE);

    /** Of every kind that Tidemark knows and no cluster has by itself. */
    static List<Definition> all() {
        return Kinds.all().stream()
                .filter(kind -> !BUILT_IN.contains(kind))
                .map(Definition::of)
                .toList();
    }

    private static Definition of(Kind<?> kind) {
        Path crds = ROOT.resolve("deploy/crds");
        String file = kind.plural() + ".yaml";
        Path own = crds.resolve(file);
        try {
            String text = Files.readString(
                    Files.exists(own) ? own : crds.resolve("flux").resolve(file));
            return new Definition(kind, FluxJson.readYaml(text));
        } catch (IOException e) {
            throw new UncheckedIOException(kind + " has no readable definition", e);
        }
    }

    /** The group of a kind. */
    static String group(String kind) {
        return Kinds.all().stream()
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .orElseThrow()
                .group();
    }

    JsonNode names() {
        return object.at("/spec/names");
    }

    List<JsonNode> versions() {
        return StreamSupport.stream(object.at("/spec/versions").spliterator(), false)
                .toList();
    }

    /** The schema that all versions have. */
    JsonNode schema() {
        return versions().getFirst().at("/schema/openAPIV3Schema");
    }

    @Override
    public String toString() {
        return kind.name();
    }
}

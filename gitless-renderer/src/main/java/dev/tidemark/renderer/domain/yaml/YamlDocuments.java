package dev.tidemark.renderer.domain.yaml;

import org.jspecify.annotations.Nullable;

/** Reads YAML as go-yaml v2 does, into JSON values: null, Boolean, Long, Double, String, List, Map. */
public interface YamlDocuments {

    /**
     * The first document of a text; later ones are not looked at. Null for a text without one.
     *
     * @throws InvalidYamlException for text that is not YAML, has no JSON form, or is over a bound
     */
    @Nullable
    Object first(String text);
}

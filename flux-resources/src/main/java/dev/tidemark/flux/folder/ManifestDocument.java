package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One document of a manifest file.
 *
 * @param line where it begins, from 1
 */
record ManifestDocument(JsonNode object, int line, Lines lines) {

    /** Where members stand. */
    @FunctionalInterface
    interface Lines {
        /** @param path names and indexes from the root; of what is not there the nearest that is counts */
        int of(List<Object> path);
    }

    /** The document whose root is a member of this one. */
    ManifestDocument item(String list, int index) {
        JsonNode item = object.path(list).path(index);
        Lines below = path -> {
            List<Object> whole = new java.util.ArrayList<>(List.of(list, index));
            whole.addAll(path);
            return lines.of(whole);
        };
        return new ManifestDocument(item, lines.of(List.of(list, index)), below);
    }
}

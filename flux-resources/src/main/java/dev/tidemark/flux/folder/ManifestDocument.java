package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * One document of a manifest file.
 *
 * @param line where it begins, from 1
 * @param repeated lines of keys that are written twice in one map; the last one counts, as in Kubernetes
 */
record ManifestDocument(JsonNode object, int line, Lines lines, NavigableMap<Integer, String> repeated) {

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
            List<Object> whole = new ArrayList<>(List.of(list, index));
            whole.addAll(path);
            return lines.of(whole);
        };
        int line = lines.of(List.of(list, index));
        int next = index + 1 < object.path(list).size() ? lines.of(List.of(list, index + 1)) : Integer.MAX_VALUE;
        return new ManifestDocument(item, line, below, repeated.subMap(line, true, Math.max(line, next), false));
    }
}

package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One document of a file: its commented scalars in order, and the scalars that say which object it is. */
final class ScannedDocument {

    private static final Set<String> LISTS = Set.of("List", "ResourceList");

    /** What makes a List one that upstream's reader unwraps; of the two only the items are objects. */
    private static final Set<String> CONTENTS = Set.of("items", "functionConfig");

    final List<ScannedScalar> commented = new ArrayList<>();
    final Map<String, ScannedScalar> identity = new HashMap<>();
    final Map<Integer, Map<String, ScannedScalar>> items = new LinkedHashMap<>();
    final Map<String, String> annotations = new HashMap<>();
    final Set<String> members = new HashSet<>();

    /** The line of the first thing among the items that is no map; 0 if there is none. */
    int strangeItem;

    /** The lines of items that have none of the names of an object, by index. */
    final Map<Integer, Integer> nameless = new TreeMap<>();

    /** The line of the first item that is no object; 0 if all of them are. */
    int noObject() {
        return strangeItem > 0 || nameless.isEmpty()
                ? strangeItem
                : nameless.values().iterator().next();
    }

    /** Whether the document is a List whose items are the objects; what it says itself is not edited then. */
    boolean isList() {
        return LISTS.contains(text(identity.get("kind"), Map.of()))
                && CONTENTS.stream().anyMatch(members::contains);
    }

    /**
     * The object at an index of a List, or the document itself.
     *
     * @param item -1 for the document
     * @param edited values of scalars that are changed already, by their start
     */
    ObjectKey object(int item, Map<Integer, String> edited) {
        Map<String, ScannedScalar> names = item < 0 ? identity : items.getOrDefault(item, Map.of());
        return new ObjectKey(
                text(names.get("apiVersion"), edited),
                text(names.get("kind"), edited),
                text(names.get("namespace"), edited),
                text(names.get("name"), edited));
    }

    private static String text(@Nullable ScannedScalar scalar, Map<Integer, String> edited) {
        return scalar == null ? "" : edited.getOrDefault(scalar.start(), scalar.value());
    }
}

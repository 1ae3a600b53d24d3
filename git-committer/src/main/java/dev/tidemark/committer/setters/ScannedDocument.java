package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One document of a file: its commented scalars in order, and the scalars that say which object it is. */
final class ScannedDocument {

    private static final List<String> LISTS = List.of("List", "ResourceList");

    final List<ScannedScalar> commented = new ArrayList<>();
    final Map<String, ScannedScalar> identity = new HashMap<>();
    final Map<Integer, Map<String, ScannedScalar>> items = new LinkedHashMap<>();
    final Map<String, String> annotations = new HashMap<>();

    /** The object at an index of a List that is alone in its file, or the document itself. */
    ObjectKey object(int item, boolean alone, Map<Integer, String> edited) {
        boolean list = alone && LISTS.contains(text(identity.get("kind"), edited));
        Map<String, ScannedScalar> names = list ? items.getOrDefault(item, identity) : identity;
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

package dev.tidemark.committer.message;

import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.gotemplates.value.Ordering;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The changes of a run by file and object, in a fixed order: file, object, position in the file. */
record GroupedChanges(Map<String, Map<ObjectIdentifier, List<SetterChange>>> byFile) {

    private static final Comparator<ObjectIdentifier> OBJECTS = Ordering.KEYS::compare;

    static GroupedChanges of(List<SetterChange> changes) {
        Map<String, Map<ObjectIdentifier, List<SetterChange>>> byFile = new TreeMap<>();
        for (SetterChange change : changes) {
            byFile.computeIfAbsent(change.file(), file -> new TreeMap<>(OBJECTS))
                    .computeIfAbsent(ObjectIdentifier.of(change.object()), object -> new ArrayList<>())
                    .add(change);
        }
        return new GroupedChanges(byFile);
    }

    /** Each object's changes over all files. */
    Map<ObjectIdentifier, List<SetterChange>> byObject() {
        Map<ObjectIdentifier, List<SetterChange>> merged = new TreeMap<>(OBJECTS);
        byFile.values()
                .forEach(objects -> objects.forEach((object, changes) ->
                        merged.computeIfAbsent(object, o -> new ArrayList<>()).addAll(changes)));
        return merged;
    }

    /** What the changes become, each once. */
    <T> List<T> distinct(Function<SetterChange, T> view) {
        LinkedHashSet<T> seen = new LinkedHashSet<>();
        byFile.values()
                .forEach(objects -> objects.values().forEach(changes -> changes.forEach(c -> seen.add(view.apply(c)))));
        return List.copyOf(seen);
    }
}

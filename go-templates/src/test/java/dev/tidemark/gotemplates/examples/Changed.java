package dev.tidemark.gotemplates.examples;

import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.TypedList;
import dev.tidemark.gotemplates.value.TypedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** All changes of a run, by file and object. */
public record Changed(Map<String, Map<ObjectIdentifier, List<Change>>> files) implements TemplateObject {
    private static final GoType CHANGES = GoType.listOf(Change.TYPE.type());
    private static final GoType OBJECTS =
            GoType.mapOf(new ObjectIdentifier("", "", "", "").structType().type(), CHANGES);
    private static final GoType FILES = GoType.mapOf(GoType.STRING, OBJECTS.named("update.ObjectChanges"));

    private static final StructType<Changed> TYPE = StructType.<Changed>named("update.ResultV2")
            .field("FileChanges", Changed::byFile)
            .method("Objects", Changed::byObject)
            .method("Changes", Changed::flat)
            .build();

    private TypedMap byFile() {
        var typed = new LinkedHashMap<String, TypedMap>();
        files.forEach((file, objects) -> typed.put(file, objects(objects)));
        return TypedMap.of(FILES, typed);
    }

    private static TypedMap objects(Map<ObjectIdentifier, List<Change>> objects) {
        var typed = new LinkedHashMap<ObjectIdentifier, TypedList>();
        objects.forEach((object, changes) -> typed.put(object, TypedList.of(CHANGES, changes)));
        return TypedMap.of(OBJECTS, typed);
    }

    private TypedMap byObject() {
        var merged = new LinkedHashMap<ObjectIdentifier, List<Change>>();
        for (Map<ObjectIdentifier, List<Change>> objects : files.values()) {
            objects.forEach((object, changes) ->
                    merged.computeIfAbsent(object, o -> new ArrayList<>()).addAll(changes));
        }
        return objects(merged);
    }

    private TypedList flat() {
        var distinct = new LinkedHashSet<Change>();
        files.values().forEach(objects -> objects.values().forEach(distinct::addAll));
        return TypedList.of(CHANGES, List.copyOf(distinct));
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }
}

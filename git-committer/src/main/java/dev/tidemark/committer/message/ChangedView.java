package dev.tidemark.committer.message;

import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.TypedList;
import dev.tidemark.gotemplates.value.TypedMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code .Changed} (flux-git-based 15.1). {@code .ImageResult} is a method, so that printing stays today's. */
record ChangedView(GroupedChanges changes) implements TemplateObject {

    private static final GoType CHANGES = GoType.listOf(ChangeView.TYPE.type());
    private static final GoType OBJECTS =
            GoType.mapOf(ObjectIdentifier.TYPE.type(), CHANGES).named("update.ObjectChanges");
    private static final GoType FILES = GoType.mapOf(GoType.STRING, OBJECTS);

    static final StructType<ChangedView> TYPE = StructType.<ChangedView>named("update.ResultV2")
            .field("FileChanges", ChangedView::files)
            .method("Objects", view -> objects(view.changes().byObject()))
            .method("Changes", view -> TypedList.of(CHANGES, view.changes().distinct(ChangeView::of)))
            .method("ImageResult", view -> new UpdatedView(view.changes()))
            .build();

    private TypedMap files() {
        Map<String, TypedMap> files = new LinkedHashMap<>();
        changes.byFile().forEach((file, objects) -> files.put(file, objects(objects)));
        return TypedMap.of(FILES, files);
    }

    private static TypedMap objects(Map<ObjectIdentifier, List<SetterChange>> objects) {
        Map<ObjectIdentifier, TypedList> views = new LinkedHashMap<>();
        objects.forEach((object, list) -> views.put(
                object, TypedList.of(CHANGES, list.stream().map(ChangeView::of).toList())));
        return TypedMap.of(OBJECTS, views);
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }
}

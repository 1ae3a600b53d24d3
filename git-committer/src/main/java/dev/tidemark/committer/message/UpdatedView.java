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

/** {@code .Updated}, the model of Flux up to 2.6 (flux-git-based 15.3): images instead of changes. */
record UpdatedView(GroupedChanges changes) implements TemplateObject {

    private static final GoType IMAGES = GoType.listOf(ImageView.TYPE.type());
    private static final GoType OBJECTS = GoType.mapOf(ObjectIdentifier.TYPE.type(), IMAGES);

    static final StructType<UpdatedView> TYPE = StructType.<UpdatedView>named("update.Result")
            .field("Files", UpdatedView::files)
            .method("Objects", view -> objects(view.changes().byObject()))
            .method(
                    "Images",
                    view -> TypedList.of(IMAGES, view.changes().distinct(change -> ImageView.of(change.policy()))))
            .build();

    private TypedMap files() {
        Map<String, FileView> files = new LinkedHashMap<>();
        changes.byFile().forEach((file, objects) -> files.put(file, new FileView(objects(objects))));
        return TypedMap.of(GoType.mapOf(GoType.STRING, FileView.TYPE.type()), files);
    }

    /** An image stands once with each object, however many of its fields it set. */
    private static TypedMap objects(Map<ObjectIdentifier, List<SetterChange>> objects) {
        Map<ObjectIdentifier, TypedList> views = new LinkedHashMap<>();
        objects.forEach((object, list) -> views.put(
                object,
                TypedList.of(
                        IMAGES,
                        list.stream()
                                .map(change -> ImageView.of(change.policy()))
                                .distinct()
                                .toList())));
        return TypedMap.of(OBJECTS, views);
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }

    /** A value of {@code .Updated.Files}. */
    record FileView(TypedMap objects) implements TemplateObject {

        static final StructType<FileView> TYPE = StructType.<FileView>named("update.FileResult")
                .field("Objects", FileView::objects)
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }
}

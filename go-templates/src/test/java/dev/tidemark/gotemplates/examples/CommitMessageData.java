package dev.tidemark.gotemplates.examples;

import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.TypedMap;
import java.util.Map;

/** The dot of a commit message's template. */
public record CommitMessageData(NamespacedName automationObject, Changed changed, Map<String, String> values)
        implements TemplateObject {
    private static final StructType<CommitMessageData> TYPE = StructType.<CommitMessageData>named(
                    "controller.TemplateData")
            .field("AutomationObject", CommitMessageData::automationObject)
            .field("Changed", CommitMessageData::changed)
            .field("Values", data -> TypedMap.strings(data.values))
            .build();

    @Override
    public StructType<?> structType() {
        return TYPE;
    }

    /** An object's namespace and name; prints with a slash between them. */
    public record NamespacedName(String namespace, String name) implements TemplateObject {
        private static final StructType<NamespacedName> TYPE = StructType.<NamespacedName>named("types.NamespacedName")
                .field("Namespace", NamespacedName::namespace)
                .field("Name", NamespacedName::name)
                .method("String", NamespacedName::toString)
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }
}

package dev.tidemark.committer.message;

import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;

/** {@code .AutomationObject}, and the {@code .Policy} of an image; prints {@code namespace/name}. */
record NamespacedName(String namespace, String name) implements TemplateObject {

    static final StructType<NamespacedName> TYPE = StructType.<NamespacedName>named("types.NamespacedName")
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
        return namespace + '/' + name;
    }
}

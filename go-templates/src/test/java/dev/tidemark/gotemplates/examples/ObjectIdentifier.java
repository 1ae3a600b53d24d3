package dev.tidemark.gotemplates.examples;

import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;

/** Names a Kubernetes object; a key of maps. Go nests its fields in three embedded structs, which printing shows. */
public record ObjectIdentifier(String apiVersion, String kind, String name, String namespace)
        implements TemplateObject {
    private static final StructType<ObjectIdentifier> TYPE = StructType.<ObjectIdentifier>named(
                    "update.ObjectIdentifier")
            .embedded("ResourceIdentifier", ResourceIdentifier::new)
            .build();

    @Override
    public StructType<?> structType() {
        return TYPE;
    }

    private record ResourceIdentifier(ObjectIdentifier object) implements TemplateObject {
        private static final StructType<ResourceIdentifier> TYPE = StructType.<ResourceIdentifier>named(
                        "yaml.ResourceIdentifier")
                .embedded("TypeMeta", r -> new TypeMeta(r.object))
                .embedded("NameMeta", r -> new NameMeta(r.object))
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }

    private record TypeMeta(ObjectIdentifier object) implements TemplateObject {
        private static final StructType<TypeMeta> TYPE = StructType.<TypeMeta>named("yaml.TypeMeta")
                .field("APIVersion", m -> m.object.apiVersion)
                .field("Kind", m -> m.object.kind)
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }

    private record NameMeta(ObjectIdentifier object) implements TemplateObject {
        private static final StructType<NameMeta> TYPE = StructType.<NameMeta>named("yaml.NameMeta")
                .field("Name", m -> m.object.name)
                .field("Namespace", m -> m.object.namespace)
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }
}

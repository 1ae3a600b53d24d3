package dev.tidemark.committer.message;

import dev.tidemark.committer.domain.ObjectKey;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;

/** An object as the key of a map. Its nesting is what Go prints: {@code {{{apps/v1 Deployment} {web prod}}}}. */
record ObjectIdentifier(ResourceIdentifier identifier) implements TemplateObject {

    static final StructType<ObjectIdentifier> TYPE = StructType.<ObjectIdentifier>named("update.ObjectIdentifier")
            .embedded("ResourceIdentifier", ObjectIdentifier::identifier)
            .build();

    static ObjectIdentifier of(ObjectKey key) {
        return new ObjectIdentifier(new ResourceIdentifier(
                new TypeMeta(key.apiVersion(), key.kind()), new NameMeta(key.name(), key.namespace())));
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }

    record ResourceIdentifier(TypeMeta typeMeta, NameMeta nameMeta) implements TemplateObject {

        static final StructType<ResourceIdentifier> TYPE = StructType.<ResourceIdentifier>named(
                        "yaml.ResourceIdentifier")
                .embedded("TypeMeta", ResourceIdentifier::typeMeta)
                .embedded("NameMeta", ResourceIdentifier::nameMeta)
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }

    record TypeMeta(String apiVersion, String kind) implements TemplateObject {

        static final StructType<TypeMeta> TYPE = StructType.<TypeMeta>named("yaml.TypeMeta")
                .field("APIVersion", TypeMeta::apiVersion)
                .field("Kind", TypeMeta::kind)
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }

    record NameMeta(String name, String namespace) implements TemplateObject {

        static final StructType<NameMeta> TYPE = StructType.<NameMeta>named("yaml.NameMeta")
                .field("Name", NameMeta::name)
                .field("Namespace", NameMeta::namespace)
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }
}

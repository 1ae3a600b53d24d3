package dev.tidemark.committer.message;

import dev.tidemark.committer.domain.Policy;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.image.ImageReference;

/** An image of the model that Flux dropped (flux-git-based 15.3): always the policy's whole reference. */
record ImageView(ImageReference reference, NamespacedName policy) implements TemplateObject {

    static final StructType<ImageView> TYPE = StructType.<ImageView>named("update.imageRef")
            .method("String", image -> image.reference().original())
            .method("Name", image -> image.reference().name())
            .method("Identifier", image -> image.reference().identifier())
            .method("Repository", image -> image.reference().repository().repository())
            .method("Registry", image -> image.reference().repository().registry())
            .method(
                    "Context",
                    image -> new Context(image.reference().repository().canonical()))
            .method("Policy", ImageView::policy)
            .build();

    static ImageView of(Policy policy) {
        return switch (ImageReference.parse(policy.latest().reference())) {
            case Parsed.Value<ImageReference>(ImageReference reference) ->
                new ImageView(reference, new NamespacedName(policy.namespace(), policy.name()));
            case Parsed.Malformed<ImageReference>(String message) -> throw new IllegalStateException(message);
        };
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }

    /** The repository of an image. */
    record Context(String canonical) implements TemplateObject {

        static final StructType<Context> TYPE = StructType.<Context>named("name.Repository")
                .method("String", Context::canonical)
                .method("Name", Context::canonical)
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }
}

package dev.tidemark.flux.cache;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** That a resource is declared in another way than it was. Several changes in a row may have become one. */
public sealed interface Change {

    ResourceId id();

    /** The kind; also of a resource that nothing else is known of. */
    Kind<?> kind();

    /**
     * It is declared, or declared in another way. A {@code before} with another uid was deleted meanwhile.
     *
     * @param before null for one that is new
     */
    record Upserted(@Nullable Resource<?> before, Resource<?> after) implements Change {
        @Override
        public ResourceId id() {
            return after.id();
        }

        @Override
        public Kind<?> kind() {
            return after.kind();
        }

        /** Whether it is another object than the one that had its name. */
        public boolean isAnother() {
            return before != null
                    && Metadata.areTwo(before.metadata().uid(), after.metadata().uid());
        }
    }

    /**
     * It is gone.
     *
     * @param before null where it went while nobody looked, and nothing but its name is known
     */
    record Deleted(Kind<?> kind, ResourceId id, @Nullable Resource<?> before) implements Change {}

    /** What was declared before; empty for what is new, and for what went while nobody looked. */
    default Optional<Resource<?>> earlier() {
        return Optional.ofNullable(
                switch (this) {
                    case Upserted upserted -> upserted.before();
                    case Deleted deleted -> deleted.before();
                });
    }

    /** What is declared now; empty for what is gone. */
    default Optional<Resource<?>> later() {
        return this instanceof Upserted upserted ? Optional.of(upserted.after()) : Optional.empty();
    }

    /** What was declared before, of a kind; empty for another kind and for what is new. */
    default <S> Optional<Resource<S>> before(Kind<S> kind) {
        return earlier().flatMap(resource -> resource.as(kind));
    }

    /** What is declared now, of a kind; empty for another kind and for what is gone. */
    default <S> Optional<Resource<S>> after(Kind<S> kind) {
        return later().flatMap(resource -> resource.as(kind));
    }
}

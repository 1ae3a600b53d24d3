package dev.tidemark.flux;

import java.util.Optional;

/**
 * One resource.
 *
 * @param <S> its spec (for kinds without one, such as Secret, the record of its content)
 */
public record Resource<S>(Kind<S> kind, Metadata metadata, S spec) {

    public ResourceId id() {
        return new ResourceId(kind.name(), metadata.namespace(), metadata.name());
    }

    public String namespace() {
        return metadata.namespace();
    }

    public String name() {
        return metadata.name();
    }

    /** This one as what it is; empty for another kind. */
    @SuppressWarnings("unchecked") // of one kind there is one type of content
    public <T> Optional<Resource<T>> as(Kind<T> wanted) {
        return kind.equals(wanted) ? Optional.of((Resource<T>) this) : Optional.empty();
    }

    /** The value of an annotation, empty text where it is absent. */
    public String annotation(String name) {
        return metadata.annotations().getOrDefault(name, "");
    }
}

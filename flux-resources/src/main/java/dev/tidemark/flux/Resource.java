package dev.tidemark.flux;

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

    /** The value of an annotation, empty text where it is absent. */
    public String annotation(String name) {
        return metadata.annotations().getOrDefault(name, "");
    }
}

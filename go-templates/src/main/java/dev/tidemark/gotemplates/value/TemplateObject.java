package dev.tidemark.gotemplates.value;

/**
 * A host object that templates may look into. What they see is what {@link #structType()} names and nothing else:
 * the engine never reflects on classes.
 *
 * <p>Used as a key of a map, an object needs {@code equals} and {@code hashCode} (a record has them); ranges visit
 * such keys ordered by their fields in the declared order.
 */
public interface TemplateObject {
    /** The description of this object's type; a constant of its class. */
    StructType<?> structType();
}

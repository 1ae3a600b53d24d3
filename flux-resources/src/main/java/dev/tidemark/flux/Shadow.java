package dev.tidemark.flux;

/**
 * Objects that somebody else works on, Flux's own controllers as a rule: what Tidemark would do with them is decided and
 * compared with what the other has done, and nothing is written. A cluster's source marks them by who writes their status; a
 * person may do so with the annotation.
 */
public final class Shadow {

    /** Its value names who works on the object. No gate of a policy: decisions are the same with it and without. */
    public static final String ANNOTATION = "shadow.tidemark.dev/of";

    private Shadow() {}

    /** Whether nothing may be written for it. */
    public static boolean of(Resource<?> resource) {
        return !whose(resource).isEmpty();
    }

    /** Who works on it, empty where Tidemark does. */
    public static String whose(Resource<?> resource) {
        return resource.annotation(ANNOTATION);
    }
}

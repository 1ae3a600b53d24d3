package dev.tidemark.cli.objects;

import dev.tidemark.cli.tree.Tree;
import java.util.Map;
import java.util.Set;

/**
 * Where a kind says that it is to be left alone: {@code spec.suspend}, or the annotation that Flux Operator reads on its
 * kinds (flux-gitless 1.12).
 */
public final class Suspension {

    private static final Set<String> BY_ANNOTATION = Set.of("ResourceSet", "ResourceSetInputProvider");
    private static final String RECONCILE = "fluxcd.controlplane.io/reconcile";
    private static final String DISABLED = "disabled";
    private static final String ENABLED = "enabled";

    private Suspension() {}

    public static boolean of(Tree object) {
        return BY_ANNOTATION.contains(object.kind())
                ? object.text("metadata", "annotations", RECONCILE).equalsIgnoreCase(DISABLED)
                : Boolean.TRUE.equals(object.find("spec", "suspend"));
    }

    /** The annotations that suspend an object of that kind, or resume it; none where the spec says it. */
    static Map<String, String> annotations(Tree object, boolean suspended) {
        return BY_ANNOTATION.contains(object.kind()) ? Map.of(RECONCILE, suspended ? DISABLED : ENABLED) : Map.of();
    }
}

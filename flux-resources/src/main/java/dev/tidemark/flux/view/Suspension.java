package dev.tidemark.flux.view;

import dev.tidemark.flux.AlertSpec;
import dev.tidemark.flux.GitRepositorySpec;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ProviderSpec;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import java.util.Map;
import java.util.Set;

/**
 * Where a kind says that it is to be left alone: {@code spec.suspend}, or the annotation that Flux Operator reads on its
 * kinds (flux-gitless 1.12).
 */
public final class Suspension {

    private static final Set<String> BY_ANNOTATION =
            Set.of(Kinds.RESOURCE_SET.name(), Kinds.RESOURCE_SET_INPUT_PROVIDER.name());
    private static final String RECONCILE = "fluxcd.controlplane.io/reconcile";
    private static final String DISABLED = "disabled";
    private static final String ENABLED = "enabled";

    private Suspension() {}

    public static boolean of(Tree object) {
        return BY_ANNOTATION.contains(object.kind())
                ? object.text("metadata", "annotations", RECONCILE).equalsIgnoreCase(DISABLED)
                : Boolean.TRUE.equals(object.find("spec", "suspend"));
    }

    /** The same of one that is read. */
    public static boolean of(Resource<?> resource) {
        return switch (resource.spec()) {
            case ImageRepositorySpec spec -> spec.suspend();
            case ImagePolicySpec spec -> spec.suspend();
            case ImageUpdateAutomationSpec spec -> spec.suspend();
            case GitRepositorySpec spec -> spec.suspend();
            case ReceiverSpec spec -> spec.suspend();
            case AlertSpec spec -> spec.suspend();
            case ProviderSpec spec -> spec.suspend();
            default -> resource.annotation(RECONCILE).equalsIgnoreCase(DISABLED);
        };
    }

    /** The annotations that suspend an object of that kind, or resume it; none where the spec says it. */
    public static Map<String, String> annotations(String kind, boolean suspended) {
        return BY_ANNOTATION.contains(kind) ? Map.of(RECONCILE, suspended ? DISABLED : ENABLED) : Map.of();
    }
}

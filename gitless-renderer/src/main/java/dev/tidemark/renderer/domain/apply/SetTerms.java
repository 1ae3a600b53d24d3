package dev.tidemark.renderer.domain.apply;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.renderer.domain.Owner;
import java.util.Objects;

/**
 * On whose behalf, and how, objects are touched.
 *
 * @param serviceAccount of the owner's namespace; empty for none, which leaves it to the place
 * @param forced whether an object that cannot become what is wanted is deleted and created anew (flux-gitless 2.8)
 */
public record SetTerms(Owner owner, String serviceAccount, boolean forced) {

    private static final String FORCE = "fluxcd.controlplane.io/force";

    /** As the ResourceSet has them. */
    public static SetTerms of(Resource<ResourceSetSpec> resourceSet) {
        return new SetTerms(
                new Owner(resourceSet.namespace(), resourceSet.name()),
                Objects.requireNonNullElse(resourceSet.spec().serviceAccountName(), ""),
                isForced(resourceSet.annotation(FORCE)));
    }

    /** Of a ResourceSet of which nothing else is known any more. */
    public static SetTerms unknown(Owner owner) {
        return new SetTerms(owner, "", false);
    }

    private static boolean isForced(String value) {
        return value.equalsIgnoreCase("enabled");
    }
}

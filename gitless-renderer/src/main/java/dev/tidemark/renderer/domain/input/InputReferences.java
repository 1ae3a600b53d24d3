package dev.tidemark.renderer.domain.input;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LabelSelector;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.cache.Resources;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which providers a ResourceSet takes inputs from (flux-gitless 2.2): those of its own namespace, by name or label. */
public final class InputReferences {

    private static final Set<String> OPERATORS = Set.of("In", "NotIn", "Exists", "DoesNotExist");

    private InputReferences() {}

    /** What became of {@code spec.inputsFrom}. */
    public sealed interface Outcome {
        /** @param providers each once */
        record Found(Set<Resource<ResourceSetInputProviderSpec>> providers) implements Outcome {}

        /** @param message what is wrong; only a change of the ResourceSet, or the missing provider, helps */
        record Refused(String message) implements Outcome {}
    }

    public static Outcome resolve(Resource<ResourceSetSpec> resourceSet, Resources declared) {
        Set<Resource<ResourceSetInputProviderSpec>> found = new LinkedHashSet<>();
        for (ResourceSetSpec.InputsFrom reference : references(resourceSet.spec())) {
            String problem = invalid(reference);
            if (problem != null) {
                return new Outcome.Refused(problem);
            }
            List<Resource<ResourceSetInputProviderSpec>> matching =
                    matching(reference, resourceSet.namespace(), declared);
            if (matching.isEmpty() && reference.name() != null) {
                return new Outcome.Refused("ResourceSetInputProvider '" + resourceSet.namespace() + '/'
                        + reference.name() + "' not found: create it, or correct spec.inputsFrom");
            }
            found.addAll(matching);
        }
        return new Outcome.Found(found);
    }

    private static List<Resource<ResourceSetInputProviderSpec>> matching(
            ResourceSetSpec.InputsFrom reference, String namespace, Resources declared) {
        return reference.name() != null
                ? declared.find(Kinds.RESOURCE_SET_INPUT_PROVIDER, namespace, reference.name()).stream()
                        .toList()
                : declared.all(Kinds.RESOURCE_SET_INPUT_PROVIDER, namespace).stream()
                        .filter(provider -> matches(reference, provider))
                        .toList();
    }

    /** Whether a change of the provider concerns the ResourceSet, also one that appeared or went. */
    public static boolean uses(Resource<ResourceSetSpec> resourceSet, Resource<ResourceSetInputProviderSpec> provider) {
        return resourceSet.namespace().equals(provider.namespace())
                && references(resourceSet.spec()).stream()
                        .anyMatch(reference -> invalid(reference) == null && matches(reference, provider));
    }

    static List<ResourceSetSpec.InputsFrom> references(ResourceSetSpec spec) {
        return Objects.requireNonNullElse(spec.inputsFrom(), List.of());
    }

    private static boolean matches(
            ResourceSetSpec.InputsFrom reference, Resource<ResourceSetInputProviderSpec> provider) {
        LabelSelector selector = reference.selector();
        return reference.name() != null
                ? provider.name().equals(reference.name())
                : selector != null && selector.matches(provider.metadata().labels());
    }

    private static @Nullable String invalid(ResourceSetSpec.InputsFrom reference) {
        if ((reference.name() == null) == (reference.selector() == null)) {
            return "an entry of spec.inputsFrom needs either name or selector";
        }
        return selectorProblem(reference.selector());
    }

    private static @Nullable String selectorProblem(@Nullable LabelSelector selector) {
        if (selector == null || selector.matchExpressions() == null) {
            return null;
        }
        return selector.matchExpressions().stream()
                .filter(requirement -> !OPERATORS.contains(requirement.operator()))
                .findFirst()
                .map(requirement -> "spec.inputsFrom has a selector with the operator '" + requirement.operator()
                        + "': use one of In, NotIn, Exists, DoesNotExist")
                .orElse(null);
    }
}

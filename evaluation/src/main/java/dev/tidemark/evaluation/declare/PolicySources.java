package dev.tidemark.evaluation.declare;

import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.NamespaceContent;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that one policy or provider is declared from, at one moment: as long as it is the same, the declaration is.
 *
 * @param resource the policy or provider
 * @param repository that a policy names
 * @param namespace of a policy whose repository lies in another one, which may ask for its labels
 */
public record PolicySources(
        Resource<?> resource,
        Optional<Resource<ImageRepositorySpec>> repository,
        Optional<Resource<NamespaceContent>> namespace) {

    /** All that the evaluator reads of a cluster. */
    public static final Set<Kind<?>> KINDS =
            Set.of(Kinds.IMAGE_POLICY, Kinds.IMAGE_REPOSITORY, Kinds.RESOURCE_SET_INPUT_PROVIDER, Kinds.NAMESPACE);

    /** By {@code namespace/name} of their repository. */
    private static final Index<ImagePolicySpec> OF_REPOSITORY = new Index<>(
            Kinds.IMAGE_POLICY, policy -> Set.of(path(repositoryNamespace(policy), repositoryName(policy))));

    /** By their namespace, those whose repository lies in another one. */
    private static final Index<ImagePolicySpec> CROSSING =
            new Index<>(Kinds.IMAGE_POLICY, policy -> crosses(policy) ? Set.of(policy.namespace()) : Set.of());

    /** What a cache is to find policies by. */
    public static final List<Index<?>> INDEXES = List.of(OF_REPOSITORY, CROSSING);

    /** As things are. */
    public static PolicySources of(Resource<?> resource, Resources resources) {
        return resource.as(Kinds.IMAGE_POLICY)
                .map(policy -> new PolicySources(
                        policy,
                        resources.find(Kinds.IMAGE_REPOSITORY, repositoryNamespace(policy), repositoryName(policy)),
                        crosses(policy) ? resources.find(Kinds.NAMESPACE, "", policy.namespace()) : Optional.empty()))
                .orElseGet(() -> new PolicySources(resource, Optional.empty(), Optional.empty()));
    }

    /** The policies and providers whose declaration a change may change. */
    public static Collection<ResourceId> concernedBy(Change change, Resources resources) {
        Kind<?> kind = change.kind();
        if (kind.equals(Kinds.IMAGE_POLICY) || kind.equals(Kinds.RESOURCE_SET_INPUT_PROVIDER)) {
            return List.of(change.id());
        }
        ResourceId id = change.id();
        if (kind.equals(Kinds.IMAGE_REPOSITORY)) {
            return ids(resources.all(OF_REPOSITORY, path(id.namespace(), id.name())));
        }
        return kind.equals(Kinds.NAMESPACE)
                        && !labels(change.before(Kinds.NAMESPACE)).equals(labels(change.after(Kinds.NAMESPACE)))
                ? ids(resources.all(CROSSING, id.name()))
                : List.of();
    }

    private static List<ResourceId> ids(List<Resource<ImagePolicySpec>> policies) {
        return policies.stream().map(Resource::id).toList();
    }

    private static Optional<Map<String, String>> labels(Optional<Resource<NamespaceContent>> namespace) {
        return namespace.map(found -> found.metadata().labels());
    }

    static String repositoryNamespace(Resource<ImagePolicySpec> policy) {
        String namespace = policy.spec().imageRepositoryRef().namespace();
        return namespace == null || namespace.isEmpty() ? policy.namespace() : namespace;
    }

    static String repositoryName(Resource<ImagePolicySpec> policy) {
        return policy.spec().imageRepositoryRef().name();
    }

    private static boolean crosses(Resource<ImagePolicySpec> policy) {
        return !repositoryNamespace(policy).equals(policy.namespace());
    }

    private static String path(String namespace, String name) {
        return namespace + '/' + name;
    }
}

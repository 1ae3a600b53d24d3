package dev.tidemark.committer.domain;

import dev.tidemark.flux.GitRepositorySpec;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.List;
import java.util.Set;

/** Who refers to what, the other way round: what a change of a GitRepository or a Secret concerns. */
public final class References {

    private static final Index<ImageUpdateAutomationSpec> BY_REPOSITORY =
            new Index<>(Kinds.IMAGE_UPDATE_AUTOMATION, automation -> Set.of(repository(automation)));

    private static final Index<GitRepositorySpec> BY_SECRET = new Index<>(
            Kinds.GIT_REPOSITORY,
            repository -> repository.spec().secretRef() == null
                    ? Set.of()
                    : Set.of(key(
                            repository.namespace(),
                            repository.spec().secretRef().name())));

    /** The indexes that a cache needs for these answers. */
    public static final List<Index<?>> INDEXES = List.of(BY_REPOSITORY, BY_SECRET);

    private References() {}

    private static String repository(Resource<ImageUpdateAutomationSpec> automation) {
        var reference = automation.spec().sourceRef();
        return key(reference.namespace() == null ? automation.namespace() : reference.namespace(), reference.name());
    }

    private static String key(String namespace, String name) {
        return namespace + '/' + name;
    }

    /** The automations that write to a GitRepository. */
    public static List<Resource<ImageUpdateAutomationSpec>> ofRepository(ResourceId repository, Resources resources) {
        return resources.all(BY_REPOSITORY, key(repository.namespace(), repository.name()));
    }

    /** The automations that write to a GitRepository that is reached with a Secret. */
    public static List<Resource<ImageUpdateAutomationSpec>> ofSecret(ResourceId secret, Resources resources) {
        return resources.all(BY_SECRET, key(secret.namespace(), secret.name())).stream()
                .flatMap(repository -> ofRepository(repository.id(), resources).stream())
                .toList();
    }
}

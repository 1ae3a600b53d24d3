package dev.tidemark.committer.domain;

import dev.tidemark.flux.GitRepositorySpec;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who refers to what, the other way round: what a change of a GitRepository or a Secret concerns. */
public final class References {

    private static final Index<ImageUpdateAutomationSpec> BY_REPOSITORY =
            new Index<>(Kinds.IMAGE_UPDATE_AUTOMATION, automation -> Set.of(repository(automation)));

    private static final Index<GitRepositorySpec> BY_SECRET = new Index<>(Kinds.GIT_REPOSITORY, repository -> Stream.of(
                    repository.spec().secretRef(), repository.spec().proxySecretRef())
            .filter(Objects::nonNull)
            .map(secret -> key(repository.namespace(), secret.name()))
            .collect(Collectors.toSet()));

    private static final Index<ImageUpdateAutomationSpec> BY_SIGNING_SECRET =
            new Index<>(Kinds.IMAGE_UPDATE_AUTOMATION, automation -> {
                String secret = CommitSigning.secretOf(automation);
                return secret == null ? Set.of() : Set.of(key(automation.namespace(), secret));
            });

    /** The indexes that a cache needs for these answers. */
    public static final List<Index<?>> INDEXES = List.of(BY_REPOSITORY, BY_SECRET, BY_SIGNING_SECRET);

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

    /** The automations that sign with a Secret, or write to a GitRepository that is reached with it. */
    public static List<Resource<ImageUpdateAutomationSpec>> ofSecret(ResourceId secret, Resources resources) {
        String key = key(secret.namespace(), secret.name());
        return Stream.concat(
                        resources.all(BY_SECRET, key).stream()
                                .flatMap(repository -> ofRepository(repository.id(), resources).stream()),
                        resources.all(BY_SIGNING_SECRET, key).stream())
                .distinct()
                .toList();
    }
}

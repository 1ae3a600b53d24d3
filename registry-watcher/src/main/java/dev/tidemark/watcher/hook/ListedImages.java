package dev.tidemark.watcher.hook;

import dev.tidemark.events.ImageName;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.GitRepositorySpec;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.watcher.domain.ReceiverReferences;
import dev.tidemark.watcher.domain.ResourceFilter.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a Receiver lists.
 *
 * @param images of the listed resources, with those resources ({@code Kind/namespace/name})
 * @param others resources that have no image to scan: they are asked to run
 * @param problem what is wrong with the list, or empty
 */
record ListedImages(Map<ImageName, Set<String>> images, Set<ResourceId> others, String problem) {

    private static final String ANY = "*";

    /** What the Receiver's conditions say about a listed resource. */
    private interface Conditions {
        Verdict of(ReceiverSpec.Listed listed, Resource<?> resource);
    }

    /** What may be woken. */
    private record Within(Resources resources, CrossNamespaceRefs crossing) {

        <S> Optional<Resource<S>> find(String from, Kind<S> kind, String namespace, String name) {
            return crossing.block(from, namespace) ? Optional.empty() : resources.find(kind, namespace, name);
        }
    }

    /** Resources that a condition does not want are left out; one whose condition cannot be told is a problem. */
    static ListedImages of(
            ReceiverState.Served served,
            Map<String, @Nullable Object> said,
            Resources resources,
            CrossNamespaceRefs crossing) {
        Resource<ReceiverSpec> receiver = served.receiver();
        Conditions conditions = (listed, resource) -> served.filters().test(receiver.spec(), listed, said, resource);
        Within within = new Within(resources, crossing);
        ListedImages all = new ListedImages(new TreeMap<>(), new LinkedHashSet<>(), "");
        for (ReceiverSpec.Listed listed : receiver.spec().resources()) {
            String namespace = listed.namespace() == null || listed.namespace().isEmpty()
                    ? receiver.namespace()
                    : listed.namespace();
            if (crossing.block(receiver.namespace(), namespace)) {
                return failed("can't access '" + listed.kind() + '/' + namespace + '/' + listed.name()
                        + "', cross-namespace references have been blocked");
            }
            Optional<String> problem =
                    switch (listed.kind()) {
                        case "ImageRepository" ->
                            all.add(within, conditions, Kinds.IMAGE_REPOSITORY, listed, namespace);
                        case "ImagePolicy" -> all.add(within, conditions, Kinds.IMAGE_POLICY, listed, namespace);
                        case "ResourceSetInputProvider" ->
                            all.add(within, conditions, Kinds.RESOURCE_SET_INPUT_PROVIDER, listed, namespace);
                        case "ImageUpdateAutomation" ->
                            all.add(within, conditions, Kinds.IMAGE_UPDATE_AUTOMATION, listed, namespace);
                        case "GitRepository" -> all.add(within, conditions, Kinds.GIT_REPOSITORY, listed, namespace);
                        case "ResourceSet" -> all.add(within, conditions, Kinds.RESOURCE_SET, listed, namespace);
                        // Kinds of other controllers, see ListedKinds.
                        default -> Optional.empty();
                    };
            if (problem.isPresent()) {
                return failed(problem.get());
            }
        }
        return all;
    }

    static ListedImages failed(String problem) {
        return new ListedImages(Map.of(), Set.of(), problem);
    }

    private <S> Optional<String> add(
            Within within, Conditions conditions, Kind<S> kind, ReceiverSpec.Listed listed, String namespace) {
        List<Resource<S>> found = new ArrayList<>();
        if (listed.name().equals(ANY)) {
            Map<String, String> labels = listed.matchLabels();
            if (labels == null) {
                return Optional.of("name '*' of " + kind + " needs matchLabels");
            }
            within.resources().all(kind, namespace).stream()
                    .filter(r -> r.metadata().labels().entrySet().containsAll(labels.entrySet()))
                    .forEach(found::add);
        } else {
            Optional<Resource<S>> one = within.resources().find(kind, namespace, listed.name());
            if (one.isEmpty()) {
                return Optional.of(kind + " '" + namespace + "/" + listed.name() + "' does not exist");
            }
            found.add(one.get());
        }
        for (Resource<S> resource : found) {
            switch (conditions.of(listed, resource)) {
                case Verdict.Wanted wanted -> wake(resource, within);
                case Verdict.Unwanted unwanted -> {}
                case Verdict.Failed(String why) -> {
                    return Optional.of("the condition on " + resource.id() + ": " + why);
                }
            }
        }
        return Optional.empty();
    }

    private void wake(Resource<?> resource, Within within) {
        switch (resource.spec()) {
            case ImageUpdateAutomationSpec automation -> others.add(resource.id());
            case ResourceSetSpec set -> others.add(resource.id());
            // does nothing by itself: whoever writes to it looks at it anew
            case GitRepositorySpec repository ->
                ReceiverReferences.writersTo(within.resources(), resource).forEach(writer -> others.add(writer.id()));
            default ->
                feed(resource, within).ifPresent(at -> images.computeIfAbsent(at.image(), i -> new TreeSet<>())
                        .add(at.resource()));
        }
    }

    private record At(ImageName image, String resource) {}

    private static Optional<At> feed(Resource<?> resource, Within within) {
        return switch (resource.spec()) {
            case ImageRepositorySpec spec ->
                image(Feeds.ofRepository(new Resource<>(Kinds.IMAGE_REPOSITORY, resource.metadata(), spec)), resource);
            case ResourceSetInputProviderSpec spec ->
                image(
                        Feeds.ofProvider(new Resource<>(Kinds.RESOURCE_SET_INPUT_PROVIDER, resource.metadata(), spec)),
                        resource);
            case ImagePolicySpec spec -> {
                String namespace = spec.imageRepositoryRef().namespace() == null
                        ? resource.namespace()
                        : spec.imageRepositoryRef().namespace();
                yield within.find(
                                resource.namespace(),
                                Kinds.IMAGE_REPOSITORY,
                                namespace,
                                spec.imageRepositoryRef().name())
                        .flatMap(repository -> feed(repository, within));
            }
            default -> Optional.empty();
        };
    }

    private static Optional<At> image(Feeds.Outcome outcome, Resource<?> resource) {
        return outcome instanceof Feeds.Outcome.Valid valid
                ? Optional.of(new At(valid.feed().image(), resource.id().toString()))
                : Optional.empty();
    }
}

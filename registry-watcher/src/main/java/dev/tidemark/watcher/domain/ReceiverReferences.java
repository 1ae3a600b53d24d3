package dev.tidemark.watcher.domain;

import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LocalRef;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What Receivers refer to, and who refers to what they list. */
public final class ReceiverReferences {

    private static final Index<ReceiverSpec> BY_SECRET = new Index<>(
            Kinds.RECEIVER,
            receiver -> secretOf(receiver).stream().map(ResourceId::toString).collect(Collectors.toSet()));

    private static final Index<ImageUpdateAutomationSpec> BY_SOURCE =
            new Index<>(Kinds.IMAGE_UPDATE_AUTOMATION, ReceiverReferences::source);

    public static final List<Index<?>> INDEXES = List.of(BY_SECRET, BY_SOURCE);

    private ReceiverReferences() {}

    /** The Secret that a Receiver's token is in; empty where it names none. */
    public static Optional<ResourceId> secretOf(Resource<ReceiverSpec> receiver) {
        LocalRef ref = receiver.spec().secretRef();
        return ref == null
                ? Optional.empty()
                : Optional.of(new ResourceId(Kinds.SECRET.name(), receiver.namespace(), ref.name()));
    }

    /** The Receivers whose token is in a Secret. */
    public static List<Resource<ReceiverSpec>> receivers(Resources resources, ResourceId secret) {
        return resources.all(BY_SECRET, secret.toString());
    }

    /** The automations that write to a GitRepository. */
    public static List<Resource<ImageUpdateAutomationSpec>> writersTo(Resources resources, Resource<?> repository) {
        return resources.all(BY_SOURCE, repository.namespace() + '/' + repository.name());
    }

    private static Set<String> source(Resource<ImageUpdateAutomationSpec> automation) {
        ImageUpdateAutomationSpec.SourceRef source = automation.spec().sourceRef();
        String namespace = source.namespace();
        String of = namespace == null || namespace.isEmpty() ? automation.namespace() : namespace;
        return Set.of(of + '/' + source.name());
    }
}

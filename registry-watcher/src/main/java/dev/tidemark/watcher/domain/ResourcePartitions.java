package dev.tidemark.watcher.domain;

import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.List;
import java.util.Set;

/**
 * Which partition a resource belongs to: that of the image that it names, and where it names none the one that its id falls
 * into. Whoever owns it works on the resource and writes its status.
 */
public final class ResourcePartitions {

    private final int count;
    private final Index<ImageRepositorySpec> repositories = new Index<>(Kinds.IMAGE_REPOSITORY, this::key);
    private final Index<ResourceSetInputProviderSpec> providers =
            new Index<>(Kinds.RESOURCE_SET_INPUT_PROVIDER, this::key);
    private final Index<ReceiverSpec> receivers = new Index<>(Kinds.RECEIVER, this::key);

    /** @param count of partitions */
    public ResourcePartitions(int count) {
        this.count = count;
    }

    public List<Index<?>> indexes() {
        return List.of(repositories, providers, receivers);
    }

    private Set<String> key(Resource<?> resource) {
        return Set.of(Integer.toString(of(resource)));
    }

    public int of(Resource<?> resource) {
        return FeedDeclaration.of(resource)
                .named()
                .map(feed -> of(feed.image()))
                .orElseGet(() -> of(resource.id()));
    }

    public int of(ImageName image) {
        return Partitioning.partition(image, count);
    }

    /** Of a resource that names no image. */
    public int of(ResourceId id) {
        return Partitioning.ofName(id.toString(), count);
    }

    public List<Resource<ImageRepositorySpec>> repositories(Resources resources, int partition) {
        return resources.all(repositories, Integer.toString(partition));
    }

    List<Resource<ResourceSetInputProviderSpec>> providers(Resources resources, int partition) {
        return resources.all(providers, Integer.toString(partition));
    }

    public List<Resource<ReceiverSpec>> receivers(Resources resources, int partition) {
        return resources.all(receivers, Integer.toString(partition));
    }
}

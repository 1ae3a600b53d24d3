package dev.tidemark.watcher.domain;

import dev.tidemark.events.Feed;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is to be scanned: each feed by those resources that name it, and no others are looked at. */
public final class Watchlist {

    /** By the feed that they have scanned. */
    private static final Index<ImageRepositorySpec> REPOSITORIES = new Index<>(Kinds.IMAGE_REPOSITORY, Watchlist::key);

    private static final Index<ResourceSetInputProviderSpec> PROVIDERS =
            new Index<>(Kinds.RESOURCE_SET_INPUT_PROVIDER, Watchlist::key);

    public static final List<Index<?>> INDEXES = List.of(REPOSITORIES, PROVIDERS);

    private final Resources resources;
    private final ResourcePartitions partitions;

    /** @param resources with the indexes of this and of {@code partitions} */
    public Watchlist(Resources resources, ResourcePartitions partitions) {
        this.resources = resources;
        this.partitions = partitions;
    }

    private static Set<String> key(Resource<?> resource) {
        return FeedDeclaration.of(resource).watched().stream()
                .map(watched -> watched.feed().text())
                .collect(Collectors.toSet());
    }

    /** A feed as the resources that name it now want it scanned; empty where none does. */
    public Optional<WatchedFeed> find(Feed feed) {
        List<Resource<?>> naming = new ArrayList<>(resources.all(REPOSITORIES, feed.text()));
        naming.addAll(resources.all(PROVIDERS, feed.text()));
        return together(naming).values().stream().findFirst();
    }

    /** Whether it is known what is declared: until then a feed that nothing names may only be unread. */
    public boolean isComplete() {
        return resources.isComplete();
    }

    /**
     * The feed that a resource has scanned now.
     *
     * @param resource {@code Kind/namespace/name}
     */
    public Optional<Feed> feedOf(String resource) {
        String[] id = resource.split("/", -1);
        return id.length == 3
                ? resources
                        .find(new ResourceId(id[0], id[1], id[2]))
                        .flatMap(found -> FeedDeclaration.of(found).watched())
                        .map(WatchedFeed::feed)
                : Optional.empty();
    }

    /** The feeds of all images of a partition. */
    public List<WatchedFeed> ofPartition(int partition) {
        List<Resource<?>> naming = new ArrayList<>(partitions.repositories(resources, partition));
        naming.addAll(partitions.providers(resources, partition));
        return List.copyOf(together(naming).values());
    }

    private static Map<Feed, WatchedFeed> together(List<Resource<?>> naming) {
        Map<Feed, List<WatchedFeed>> byFeed = new HashMap<>();
        for (Resource<?> resource : naming) {
            FeedDeclaration.of(resource).watched().ifPresent(one -> byFeed.computeIfAbsent(
                            one.feed(), feed -> new ArrayList<>())
                    .add(one));
        }
        Map<Feed, WatchedFeed> feeds = new HashMap<>();
        byFeed.forEach((feed, all) -> feeds.put(feed, WatchedFeed.together(all)));
        return feeds;
    }
}

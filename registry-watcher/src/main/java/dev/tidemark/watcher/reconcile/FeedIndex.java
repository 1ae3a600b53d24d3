package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The feeds of a partition, by name, image and resource. For any thread; changed under its shard's lock. */
final class FeedIndex {

    private final Map<Feed, OwnedFeed> feeds = new ConcurrentHashMap<>();
    private final Map<ImageName, List<OwnedFeed>> byImage = new ConcurrentHashMap<>();
    private final Map<ResourceId, Set<Feed>> byResource = new ConcurrentHashMap<>();

    void add(OwnedFeed feed) {
        feeds.put(feed.feed(), feed);
        byImage.merge(feed.feed().image(), List.of(feed), FeedIndex::both);
    }

    private static List<OwnedFeed> both(List<OwnedFeed> some, List<OwnedFeed> more) {
        List<OwnedFeed> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    void remove(OwnedFeed feed) {
        if (feeds.remove(feed.feed(), feed)) {
            byImage.computeIfPresent(feed.feed().image(), (image, all) -> {
                List<OwnedFeed> rest = all.stream().filter(one -> one != feed).toList();
                return rest.isEmpty() ? null : rest;
            });
        }
    }

    /** These resources name the feed now, and those did before. */
    void named(Feed feed, Set<ResourceId> before, Set<ResourceId> now) {
        before.stream()
                .filter(id -> !now.contains(id))
                .forEach(id -> byResource.computeIfPresent(id, (same, feeds) -> without(feeds, feed)));
        now.forEach(id -> byResource.merge(id, Set.of(feed), (some, more) -> {
            Set<Feed> all = new HashSet<>(some);
            all.addAll(more);
            return Set.copyOf(all);
        }));
    }

    private static @Nullable Set<Feed> without(Set<Feed> feeds, Feed feed) {
        Set<Feed> rest = feeds.stream().filter(one -> !one.equals(feed)).collect(Collectors.toUnmodifiableSet());
        return rest.isEmpty() ? null : rest;
    }

    /** The feeds that a resource was seen to name. */
    Set<Feed> namedBy(ResourceId resource) {
        return byResource.getOrDefault(resource, Set.of());
    }

    Optional<OwnedFeed> find(Feed feed) {
        return Optional.ofNullable(feeds.get(feed));
    }

    boolean contains(Feed feed) {
        return feeds.containsKey(feed);
    }

    Collection<OwnedFeed> all() {
        return feeds.values();
    }

    List<OwnedFeed> of(ImageName image) {
        return byImage.getOrDefault(image, List.of());
    }

    int size() {
        return feeds.size();
    }
}

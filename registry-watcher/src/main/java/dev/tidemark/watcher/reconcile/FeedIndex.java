package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The feeds of a partition, by name and by image. For any thread; changed under its shard's lock. */
final class FeedIndex {

    private final Map<Feed, OwnedFeed> feeds = new ConcurrentHashMap<>();
    private final Map<ImageName, List<OwnedFeed>> byImage = new ConcurrentHashMap<>();

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

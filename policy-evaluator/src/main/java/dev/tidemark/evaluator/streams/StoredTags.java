package dev.tidemark.evaluator.streams;

import dev.tidemark.evaluator.domain.KnownTag;
import dev.tidemark.evaluator.domain.TagBook;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The tags in the state stores. Keys of one feed stand together, so a feed is a range. */
final class StoredTags implements TagBook {

    /** The character after the {@code |} of a tag's key: ends the range of a feed. */
    private static final char AFTER_SEPARATOR = '|' + 1;

    private final KeyValueStore<String, KnownTag> tags;
    private final KeyValueStore<String, FeedMemory> feeds;

    StoredTags(KeyValueStore<String, KnownTag> tags, KeyValueStore<String, FeedMemory> feeds) {
        this.tags = tags;
        this.feeds = feeds;
    }

    @Override
    public Optional<KnownTag> find(Feed feed, String tag) {
        return Optional.ofNullable(tags.get(Keys.tag(feed, tag)));
    }

    @Override
    public List<String> all(Feed feed) {
        return tagsOf(tags, feed);
    }

    @Override
    public boolean complete(Feed feed) {
        return memory(feed).complete();
    }

    FeedMemory memory(Feed feed) {
        return Optional.ofNullable(feeds.get(feed.text())).orElse(FeedMemory.UNSEEN);
    }

    void remember(Feed feed, FeedMemory memory) {
        feeds.put(feed.text(), memory);
    }

    void put(Feed feed, String tag, KnownTag known) {
        tags.put(Keys.tag(feed, tag), known);
    }

    void delete(Feed feed, String tag) {
        tags.delete(Keys.tag(feed, tag));
    }

    /** The tags of a feed in a store whose keys are {@code feed|tag}. */
    static List<String> tagsOf(KeyValueStore<String, ?> store, Feed feed) {
        List<String> found = new ArrayList<>();
        int prefix = feed.text().length() + 1;
        try (KeyValueIterator<String, ?> range = store.range(feed.text() + '|', feed.text() + AFTER_SEPARATOR)) {
            range.forEachRemaining(entry -> {
                if (entry.key.startsWith(feed.text() + '|')) {
                    found.add(entry.key.substring(prefix));
                }
            });
        }
        return found;
    }
}

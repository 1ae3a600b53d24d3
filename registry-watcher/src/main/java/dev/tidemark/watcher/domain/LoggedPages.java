package dev.tidemark.watcher.domain;

import dev.tidemark.events.Base;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which pages of a feed the log has, and where. */
final class LoggedPages {

    private final Map<FeedKey, Long> places = new LinkedHashMap<>();

    void put(TagsListed page, long place) {
        places.put(new FeedKey.OfPage(page.feed(), page.generation(), page.page()), place);
    }

    void put(TagsChanged page, long place) {
        places.put(new FeedKey.OfNews(page.feed(), page.scan().order(), page.page()), place);
    }

    /** The log may have a page there, if it is not known to have it elsewhere. */
    void note(FeedKey key, long place) {
        places.putIfAbsent(key, place);
    }

    /** @return where it was */
    long remove(FeedKey key) {
        return Objects.requireNonNullElse(places.remove(key), Places.NONE);
    }

    List<FeedKey> keys() {
        return new ArrayList<>(places.keySet());
    }

    /**
     * Those that the base in force has made superfluous.
     *
     * @param folded up to which place news are in it
     */
    List<FeedKey> leftovers(@Nullable ScanOrder inForce, long folded) {
        List<FeedKey> found = new ArrayList<>();
        places.forEach((key, place) -> {
            boolean over =
                    switch (key) {
                        case FeedKey.OfPage page -> !page.generation().equals(inForce);
                        case FeedKey.OfNews page -> place <= folded;
                        case FeedKey.OfTag tag -> false;
                        case FeedKey.Whole whole -> false;
                    };
            if (over) {
                found.add(key);
            }
        });
        return found;
    }

    /** Whether a page of a base in force is not there any more. */
    boolean lacks(Base base) {
        return places.keySet().stream()
                        .filter(key -> key instanceof FeedKey.OfPage page
                                && page.generation().equals(base.generation()))
                        .count()
                < base.pages();
    }
}

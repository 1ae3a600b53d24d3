package dev.tidemark.watcher.domain;

import dev.tidemark.events.Base;
import dev.tidemark.events.BaseProgress;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsListed;
import dev.tidemark.watcher.domain.KnownTags.Known;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which base of a feed is in force, and what the log has of the next one. Not for several threads at once. */
final class FeedBases {

    /** Beyond it milliseconds are no long. */
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private BaseProgress progress = BaseProgress.NONE;

    /** Of the base that is arriving, by number. */
    private final Map<Integer, TagsListed> arriving = new HashMap<>();

    /**
     * A base of which the last page that was missing is there.
     *
     * @param stock what it says
     */
    record Whole(Base base, KnownTags stock) {}

    @Nullable
    Base inForce() {
        return progress.inForce();
    }

    @Nullable
    ScanOrder generation() {
        Base base = progress.inForce();
        return base == null ? null : base.generation();
    }

    /** A page of a base; the base, if it is in force now. */
    Optional<Whole> listed(TagsListed page) {
        return switch (progress.take(page, arriving.containsKey(page.page()))) {
            case BaseProgress.Step.Ignored ignored -> Optional.empty();
            case BaseProgress.Step.Arrived(BaseProgress now, @Nullable Base abandoned) -> {
                arrived(page, abandoned);
                progress = now;
                yield Optional.empty();
            }
            case BaseProgress.Step.InForce(
                    BaseProgress now,
                    Base base,
                    @Nullable Base abandoned,
                    @Nullable Base replaced) -> {
                arrived(page, abandoned);
                KnownTags stock = new KnownTags();
                arriving.values().forEach(one -> one.tags().stream()
                        .filter(FeedWorker::isTag)
                        .forEach(tag -> stock.put(word(one, tag))));
                arriving.clear();
                progress = now;
                yield Optional.of(new Whole(base, stock));
            }
        };
    }

    private void arrived(TagsListed page, @Nullable Base abandoned) {
        if (abandoned != null) {
            arriving.clear();
        }
        arriving.put(page.page(), page);
    }

    /** What a page says of a tag; of a digest that is none, and of a time that none can be, it says nothing. */
    private static Known word(TagsListed page, String tag) {
        String digest = page.digest(tag);
        return new Known(
                tag,
                digest != null && ContentDigest.isValid(digest) ? digest : null,
                sane(page.firstSeen().get(tag)),
                Places.IN_BASE);
    }

    /** A time that a page of the log has; null for one that none can be. */
    static @Nullable Instant sane(@Nullable Instant seen) {
        return seen == null || (seen.isAfter(Instant.EPOCH) && seen.isBefore(LATEST)) ? seen : null;
    }

    /** This owner has written a base: whatever was arriving is older. */
    void written(Base base) {
        arriving.clear();
        progress = new BaseProgress(base, null, 0);
    }
}

package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Topic;
import dev.tidemark.watcher.domain.LateWrites;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The keys of one feed that the owner has yet to write again, see {@link LateWrites}. For any thread. */
final class LateKeys {

    /** An owner that loses its partition writes one batch late at most, which has half of this. */
    private static final int MAX_TAGS = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> tags = new HashSet<>();
    private final Set<FeedKey> pages = new HashSet<>();
    private boolean all;
    private boolean outcome;
    private boolean schedule;

    /** @param key of the feed in that topic; what no record of a feed has is somebody else's business */
    void add(Topic topic, String key) {
        lock.lock();
        try {
            if (Keys.failedFeed(key).isPresent()) {
                outcome = true;
            } else if (topic == Topic.FEED_SCANNED) {
                schedule = true;
            } else {
                FeedKey.parse(key).ifPresent(this::add);
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(FeedKey key) {
        switch (key) {
            case FeedKey.Whole whole -> outcome = true;
            case FeedKey.OfTag(Feed feed, String tag) -> {
                if (tags.size() < MAX_TAGS) {
                    tags.add(tag);
                } else {
                    all = true;
                }
            }
            case FeedKey.OfPage page -> pages.add(page);
            case FeedKey.OfNews page -> pages.add(page);
        }
    }

    /** What could not be written, or was noted elsewhere. */
    void add(LateWrites writes) {
        lock.lock();
        try {
            tags.addAll(writes.tags());
            pages.addAll(writes.pages());
            all |= writes.all();
            outcome |= writes.outcome();
            schedule |= writes.schedule();
        } finally {
            lock.unlock();
        }
    }

    LateWrites take() {
        lock.lock();
        try {
            LateWrites taken = new LateWrites(Set.copyOf(tags), Set.copyOf(pages), all, outcome, schedule);
            tags.clear();
            pages.clear();
            all = false;
            outcome = false;
            schedule = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}

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
    private boolean base;
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

    /** A reader lacks a page of the base. */
    void addBase() {
        lock.lock();
        try {
            base = true;
        } finally {
            lock.unlock();
        }
    }

    /** What could not be written, or was noted elsewhere. */
    void add(LateWrites writes) {
        lock.lock();
        try {
            tags.addAll(writes.tags());
            pages.addAll(writes.pages());
            base |= writes.base();
            all |= writes.all();
            outcome |= writes.outcome();
            schedule |= writes.schedule();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return writes().isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private LateWrites writes() {
        return new LateWrites(Set.copyOf(tags), Set.copyOf(pages), base, all, outcome, schedule);
    }

    LateWrites take() {
        lock.lock();
        try {
            LateWrites taken = writes();
            tags.clear();
            pages.clear();
            base = false;
            all = false;
            outcome = false;
            schedule = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}

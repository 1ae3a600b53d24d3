package dev.tidemark.watcher.reconcile;

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
    private boolean all;
    private boolean outcome;
    private boolean schedule;

    /** @param key {@code feed|tag}, a feed, or that of its failure */
    void add(Topic topic, String key) {
        lock.lock();
        try {
            int bar = key.indexOf('|');
            if (bar < 0 ? topic == Topic.TAG_DISCOVERED : Keys.failedFeed(key).isPresent()) {
                outcome = true;
            } else if (topic == Topic.FEED_SCANNED) {
                schedule = true;
            } else if (tags.size() < MAX_TAGS) {
                tags.add(key.substring(bar + 1));
            } else {
                all = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** What could not be written, or was noted elsewhere. */
    void add(LateWrites writes) {
        lock.lock();
        try {
            tags.addAll(writes.tags());
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
            LateWrites taken = new LateWrites(Set.copyOf(tags), all, outcome, schedule);
            tags.clear();
            all = false;
            outcome = false;
            schedule = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}

package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.TagCheckWanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When the looks at single tags fall due that the evaluator wants. Each key is in one state: its look is pending, under
 * way, or not wanted before the wish changes. So there is never more than one of a key, however often it is told.
 * Not for several threads at once.
 */
public final class WantedLooks {

    /** As for scans: a busy loop serves nobody. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Longer than anybody waits, and short enough to be added to any time. */
    static final Duration LONGEST = Duration.ofDays(365);

    /** Over how long the first looks of a start are spread: a thousand tags come to 17 a second, below a host's budget. */
    static final Duration SPREAD = Duration.ofMinutes(1);

    /** A wish that is older was looked after by somebody before us: by the replica that we follow, or before a restart. */
    static final Duration NEW = Duration.ofMinutes(1);

    /** How soon to see whether a feed is watched meanwhile; costs no request. */
    static final Duration UNTIL_WATCHED = Duration.ofSeconds(10);

    private static final Comparator<Entry> BY_TIME =
            Comparator.<Entry, Instant>comparing(entry -> entry.pending).thenComparing(entry -> entry.key);

    private final Map<String, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> pending = new TreeSet<>(BY_TIME);

    /** A look that is under way for a wish as it stood when it began. */
    public static final class Look {
        private final Entry entry;
        private final Wish wish;

        private Look(Entry entry, Wish wish) {
            this.entry = entry;
            this.wish = wish;
        }

        public Wish wish() {
            return wish;
        }
    }

    /** What the evaluator wants, with the event that says so. */
    public record Wish(TagCheckWanted wanted, Envelope<?> cause) {

        /** Empty for an event of another kind. */
        public static Optional<Wish> of(Envelope<?> envelope) {
            return envelope.event() instanceof TagCheckWanted wanted
                    ? Optional.of(new Wish(wanted, envelope))
                    : Optional.empty();
        }

        public TagCheck.Purpose purpose() {
            return interval() == null ? TagCheck.Purpose.ASKED : TagCheck.Purpose.FOLLOWED;
        }

        /** How often to look; null for once. */
        private @Nullable Duration interval() {
            Duration every = wanted.purpose() == CheckPurpose.DIGEST_EVERY ? wanted.every() : null;
            if (every == null) {
                return null;
            }
            return every.compareTo(SHORTEST) < 0 ? SHORTEST : Spread.shorter(every, LONGEST);
        }
    }

    private static final class Entry {
        private final String key;
        private Wish wish;
        private Instant pending = Instant.MAX;
        private @Nullable Look underWay;

        Entry(String key, Wish wish) {
            this.key = key;
            this.wish = wish;
        }
    }

    /**
     * The wish as it stands. One that is new or has changed is looked at once; one that stood before we came is spread,
     * unless somebody waits for its answer. Telling it again changes nothing.
     */
    public void wanted(String key, Wish wish, Instant now) {
        Entry entry = entries.get(key);
        if (entry == null) {
            entry = new Entry(key, wish);
            entries.put(key, entry);
            dueAt(entry, firstDue(key, wish, now));
        } else if (!entry.wish.equals(wish)) {
            entry.wish = wish;
            if (entry.underWay == null) {
                dueAt(entry, now);
            }
        }
    }

    private static Instant firstDue(String key, Wish wish, Instant now) {
        Duration interval = wish.interval();
        if (interval == null || wish.cause().time().plus(NEW).isAfter(now)) {
            return now;
        }
        return now.plus(Spread.offset(key, Spread.shorter(interval, SPREAD)));
    }

    /** Nobody wants it any more. */
    public void withdrawn(String key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            pending.remove(entry);
        }
    }

    /** These keys are looked after by somebody else. */
    public void lost(Predicate<String> keys) {
        entries.keySet().stream().filter(keys).toList().forEach(this::withdrawn);
    }

    /** The looks that are due, which are under way with this. */
    public List<Look> begin(Instant now) {
        List<Look> due = new ArrayList<>();
        while (!pending.isEmpty() && !pending.first().pending.isAfter(now)) {
            Entry entry = pending.removeFirst();
            Look look = new Look(entry, entry.wish);
            entry.underWay = look;
            due.add(look);
        }
        return due;
    }

    /** A look has ended; one of a wish that was withdrawn or lost meanwhile is of no interest any more. */
    public void ended(Look look, TagCheck.Ended how, Instant now) {
        Entry entry = look.entry;
        if (entries.get(entry.key) != entry || entry.underWay != look) {
            return;
        }
        entry.underWay = null;
        Duration interval = entry.wish.interval();
        if (!entry.wish.equals(look.wish)) {
            dueAt(entry, now);
        } else if (how == TagCheck.Ended.NOT_WATCHED) {
            dueAt(entry, now.plus(UNTIL_WATCHED));
        } else if (interval != null) {
            dueAt(entry, now.plus(interval));
        }
    }

    /** A look was called off because the partition is somebody else's: nothing follows until it is ours again. */
    public void cancelled(Look look) {
        if (entries.get(look.entry.key) == look.entry) {
            withdrawn(look.entry.key);
        }
    }

    /** When {@link #begin} next has something to do. */
    public Optional<Instant> next() {
        return pending.isEmpty() ? Optional.empty() : Optional.of(pending.first().pending);
    }

    private void dueAt(Entry entry, Instant time) {
        pending.remove(entry);
        entry.pending = time;
        pending.add(entry);
    }
}

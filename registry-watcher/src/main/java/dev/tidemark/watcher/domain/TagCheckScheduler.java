package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
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
import org.jspecify.annotations.Nullable;

/**
 * When the checks of single tags fall due that the evaluator requests. Each key is in one state: its check is pending,
 * under way, or not wanted before the request changes. So there is never more than one of a key, however often it is
 * told. Not for several threads at once.
 */
public final class TagCheckScheduler {

    /** As for scans: a busy loop serves nobody. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Longer than anybody waits, and short enough to be added to any time. */
    static final Duration LONGEST = Duration.ofDays(365);

    /** Over how long the first checks of a start are spread: a thousand tags come to 17 a second, below a host's budget. */
    static final Duration SPREAD = Duration.ofMinutes(1);

    /** An older request was served before: by the replica that we follow, or before a restart. */
    static final Duration NEW = Duration.ofMinutes(1);

    /** How soon to see whether a feed is watched, or has room, meanwhile; costs no request to a registry. */
    static final Duration UNTIL_SERVED = Duration.ofSeconds(10);

    private static final Comparator<Entry> BY_TIME =
            Comparator.<Entry, Instant>comparing(entry -> entry.pending).thenComparing(entry -> entry.key);

    private final Map<String, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> pending = new TreeSet<>(BY_TIME);

    /** A check that is under way for a request as it stood when it began. */
    public static final class Check {
        private final Entry entry;
        private final Request request;

        private Check(Entry entry, Request request) {
            this.entry = entry;
            this.request = request;
        }

        public Request request() {
            return request;
        }
    }

    /** What the evaluator requests, with the event that says so. */
    public record Request(TagCheckWanted wanted, Envelope<?> cause) {

        /** Empty for an event of another kind. */
        public static Optional<Request> of(Envelope<?> envelope) {
            return envelope.event() instanceof TagCheckWanted wanted
                    ? Optional.of(new Request(wanted, envelope))
                    : Optional.empty();
        }

        public TagCheck.Purpose purpose() {
            return interval() == null ? TagCheck.Purpose.ASKED : TagCheck.Purpose.FOLLOWED;
        }

        /** How often to check; null for once. */
        private @Nullable Duration interval() {
            Duration every =
                    switch (wanted.purpose()) {
                        // whatever a newer evaluator asks for, a check tells what the registry says
                        case DIGEST_EVERY, UNKNOWN -> wanted.every();
                        case DIGEST_ONCE, CONFIRM_GONE, NEW_BASE -> null;
                    };
            if (every == null) {
                return null;
            }
            return every.compareTo(SHORTEST) < 0 ? SHORTEST : Spread.shorter(every, LONGEST);
        }
    }

    private static final class Entry {
        private final String key;
        private Request request;
        private Instant pending = Instant.MAX;
        private @Nullable Check underWay;

        Entry(String key, Request request) {
            this.key = key;
            this.request = request;
        }
    }

    /**
     * The request as it stands. One that is new or has changed is checked at once; one that stood before we came is
     * spread, unless somebody waits for its answer. Telling it again changes nothing.
     */
    public void requested(String key, Request request, Instant now) {
        Entry entry = entries.get(key);
        if (entry == null) {
            entry = new Entry(key, request);
            entries.put(key, entry);
            dueAt(entry, firstDue(key, request, now));
        } else if (!entry.request.equals(request)) {
            entry.request = request;
            if (entry.underWay == null) {
                dueAt(entry, now);
            }
        }
    }

    private static Instant firstDue(String key, Request request, Instant now) {
        Duration interval = request.interval();
        if (interval == null || request.cause().time().plus(NEW).isAfter(now)) {
            return now;
        }
        return now.plus(Spread.offset(key, Spread.shorter(interval, SPREAD)));
    }

    /** Nobody requests it any more. */
    public void withdrawn(String key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            pending.remove(entry);
        }
    }

    /** The checks that are due, which are under way with this. */
    public List<Check> begin(Instant now) {
        List<Check> due = new ArrayList<>();
        while (!pending.isEmpty() && !pending.first().pending.isAfter(now)) {
            Entry entry = pending.removeFirst();
            Check check = new Check(entry, entry.request);
            entry.underWay = check;
            due.add(check);
        }
        return due;
    }

    /** A check has ended; one of a request that was withdrawn meanwhile is of no interest any more. */
    public void ended(Check check, TagCheck.Ended how, Instant now) {
        Entry entry = check.entry;
        if (entries.get(entry.key) != entry || entry.underWay != check) {
            return;
        }
        entry.underWay = null;
        Duration interval = entry.request.interval();
        if (!entry.request.equals(check.request)) {
            dueAt(entry, now);
        } else if (how != TagCheck.Ended.DONE) {
            dueAt(entry, now.plus(UNTIL_SERVED));
        } else if (interval != null) {
            dueAt(entry, now.plus(interval));
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

package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.Wakeup;
import dev.tidemark.events.Envelope;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Who is to be asked again and when, the earliest first; survives restarts in its table. */
final class Wakeups {

    private record Entry(Instant at, String key) {
        static final Comparator<Entry> ORDER = Comparator.comparing(Entry::at).thenComparing(Entry::key);
    }

    private final Table<Wakeup> table;
    private final TreeSet<Entry> byTime = new TreeSet<>(Entry.ORDER);

    Wakeups(Table<Wakeup> table) {
        this.table = table;
        table.forEach("", (key, wakeup) -> byTime.add(new Entry(wakeup.at(), key)));
    }

    /** Sets, moves or clears the time for one policy. A wake-up that stays at its time keeps its cause. */
    void set(String key, Optional<Instant> at, Envelope<?> cause) {
        Wakeup before = table.get(key);
        if (before != null && at.filter(before.at()::equals).isPresent()) {
            return;
        }
        clear(key);
        at.ifPresent(when -> {
            table.put(key, Wakeup.of(when, cause));
            byTime.add(new Entry(when, key));
        });
    }

    void clear(String key) {
        Wakeup before = table.get(key);
        if (before != null) {
            table.delete(key);
            byTime.remove(new Entry(before.at(), key));
        }
    }

    Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().at());
    }

    /** Those that are due, at most {@code limit}. */
    List<String> due(Instant now, int limit) {
        return byTime.stream()
                .takeWhile(entry -> !entry.at().isAfter(now))
                .limit(limit)
                .map(Entry::key)
                .toList();
    }

    /** Takes one out that is due. */
    Wakeup take(String key) {
        Wakeup wakeup = table.get(key);
        if (wakeup == null) {
            throw new IllegalStateException("the index of wake-ups and their table agree: " + key);
        }
        clear(key);
        return wakeup;
    }
}

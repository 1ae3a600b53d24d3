package dev.tidemark.runtime.quarkus;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The end of this process's log, for whoever asks the process and not its console. For any thread. */
final class RecentLines {

    /**
     * About four thousand entries: what led to what somebody asks about, at less than a hundredth of a service's memory.
     */
    static final int MOST_CHARACTERS = 512 * 1024;

    /** A stack trace with its causes. Of a longer entry the beginning says what it is. */
    static final int LONGEST_ENTRY = 16 * 1024;

    /** What an entry takes beside its text. */
    private static final int OVERHEAD = 64;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long last;
    private int characters;

    /**
     * An entry of the log.
     *
     * @param number one more than that of the entry before
     * @param text as the console has it, of one line or, with a stack trace, of several
     */
    record Entry(long number, Instant at, String text) {

        private int size() {
            return text.length() + OVERHEAD;
        }
    }

    void add(Instant at, String text) {
        synchronized (this) {
            String kept = text.length() > LONGEST_ENTRY ? text.substring(0, LONGEST_ENTRY) + '…' : text;
            Entry entry = new Entry(++last, at, kept);
            entries.add(entry);
            characters += entry.size();
            while (characters > MOST_CHARACTERS) {
                characters -= entries.remove().size();
            }
        }
        listeners.forEach(Runnable::run);
    }

    /** Those behind a number, the oldest first; 0 for all. */
    synchronized List<Entry> after(long number) {
        List<Entry> found = new ArrayList<>();
        Iterator<Entry> newestFirst = entries.descendingIterator();
        while (newestFirst.hasNext()) {
            Entry entry = newestFirst.next();
            if (entry.number() <= number) {
                break;
            }
            found.add(entry);
        }
        return found.reversed();
    }

    /** @param added called on the thread that logs: it hands over and returns */
    void listen(Runnable added) {
        listeners.add(added);
    }

    void forget(Runnable added) {
        listeners.remove(added);
    }
}

package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Feed;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What large events have left to do, by the feed that they concern; survives restarts in its table. */
final class Backlogs {

    /** Of an event that concerns every policy. */
    static final String EVERYTHING = "";

    private final Table<Backlog> table;
    private final TreeMap<String, Backlog> open = new TreeMap<>();

    Backlogs(Table<Backlog> table) {
        this.table = table;
        table.forEach("", open::put);
    }

    static String scope(Feed feed) {
        return feed.text();
    }

    /** All of a scope are to be asked. Where this was going on already it goes on from there, so that each has its turn. */
    void add(String scope, int policies, Instant now, Envelope<?> event) {
        Backlog before = open.get(scope);
        put(scope, new Backlog(before == null ? "" : before.after(), policies, Wakeup.of(now, event)));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    Map.Entry<String, Backlog> first() {
        return open.firstEntry();
    }

    /** Takes note that some were asked. */
    void asked(String scope, Backlog before, int count, String last) {
        if (count == 0 || count >= before.left()) {
            open.remove(scope);
            table.delete(scope);
        } else {
            put(scope, new Backlog(last, before.left() - count, before.event()));
        }
    }

    private void put(String scope, Backlog backlog) {
        open.put(scope, backlog);
        table.put(scope, backlog);
    }
}

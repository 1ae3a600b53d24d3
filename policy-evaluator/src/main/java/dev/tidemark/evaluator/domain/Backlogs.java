package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Feed;
import java.util.Map;
import java.util.TreeMap;

/** What large events have left to do, by the feed that they concern; survives restarts in its table. */
final class Backlogs {

    /** Of an event that concerns every policy. */
    static final String EVERYTHING = "";

    private final Table<Backlog> table;
    private final TreeMap<String, Backlog> open = new TreeMap<>();
    private String last = EVERYTHING;

    Backlogs(Table<Backlog> table) {
        this.table = table;
        table.forEach("", open::put);
    }

    static String scope(Feed feed) {
        return feed.text();
    }

    /** All of a scope are to be asked. Where this was going on already it goes on from there, so that each has its turn. */
    void add(String scope, int policies, Wakeup event) {
        Backlog before = open.get(scope);
        put(scope, new Backlog(before == null ? "" : before.after(), policies, event));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** The one whose turn it is: the image of a thousand policies does not hold up all others. */
    Map.Entry<String, Backlog> next() {
        Map.Entry<String, Backlog> next = open.higherEntry(last);
        Map.Entry<String, Backlog> turn = next == null ? open.firstEntry() : next;
        last = turn.getKey();
        return turn;
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

package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.Deferred;
import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.Wakeup;
import dev.tidemark.events.Feed;
import java.util.Map;
import java.util.TreeMap;

/** The policies that large events have left to evaluate, by the feed that they concern; survives restarts in its table. */
final class DeferredEvaluations {

    /** Of an event that concerns every policy. */
    static final String EVERYTHING = "";

    private final Table<Deferred> table;
    private final TreeMap<String, Deferred> open = new TreeMap<>();
    private String last = EVERYTHING;

    DeferredEvaluations(Table<Deferred> table) {
        this.table = table;
        table.forEach("", open::put);
    }

    static String scope(Feed feed) {
        return feed.text();
    }

    /** All of a scope are deferred. Where some were already it continues from there, so that none is left out. */
    void add(String scope, int policies, Wakeup event) {
        Deferred before = open.get(scope);
        put(scope, new Deferred(before == null ? "" : before.after(), policies, event));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** The scope of the next batch: the image of a thousand policies does not hold up all others. */
    Map.Entry<String, Deferred> next() {
        Map.Entry<String, Deferred> next = open.higherEntry(last);
        Map.Entry<String, Deferred> batch = next == null ? open.firstEntry() : next;
        last = batch.getKey();
        return batch;
    }

    /** Takes note that some were evaluated. */
    void evaluated(String scope, Deferred before, int count, String last) {
        if (count == 0 || count >= before.left()) {
            open.remove(scope);
            table.delete(scope);
        } else {
            put(scope, new Deferred(last, before.left() - count, before.event()));
        }
    }

    private void put(String scope, Deferred left) {
        open.put(scope, left);
        table.put(scope, left);
    }
}

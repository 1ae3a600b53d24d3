package dev.tidemark.runtime.log;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The tables, and what follows topics, that were started and are not closed, so that readiness can ask all of them, whoever has made them. */
final class TableHealths {

    private final Map<String, Supplier<TableHealth>> tables = new ConcurrentHashMap<>();

    void add(String name, Supplier<TableHealth> table) {
        tables.put(name, table);
    }

    void remove(String name, Supplier<TableHealth> table) {
        tables.remove(name, table);
    }

    Map<String, TableHealth> now() {
        Map<String, TableHealth> now = new TreeMap<>();
        tables.forEach((name, table) -> now.put(name, table.get()));
        return now;
    }
}

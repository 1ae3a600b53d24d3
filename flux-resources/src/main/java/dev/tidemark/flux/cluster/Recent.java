package dev.tidemark.flux.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was used last, so many at most. For one thread. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;

    /** As many as client-go remembers of events. */
    private static final int KEPT = 4_096;

    Recent() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > KEPT;
    }
}

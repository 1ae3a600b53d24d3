package dev.tidemark.flux.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The same of the same object is told once in a while, as by notification-controller. For one thread. */
public final class Duplicates {

    /** As notification-controller has it by default. */
    public static final Duration QUIET = Duration.ofMinutes(5);

    /** Different things in that time; of more the oldest may be told again. */
    private static final int KEPT = 10_000;

    private final Map<Key, Instant> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
            return size() > KEPT;
        }
    };

    /** What makes two events the same: not when, and not how often. */
    private record Key(String object, String reason, String message, String revisions) {

        static Key of(FluxEvent event) {
            String group = event.object().group() + '/';
            return new Key(
                    event.objectId(),
                    event.reason(),
                    event.message(),
                    event.metadata().get(FluxEvent.GROUP + FluxEvent.COMMIT)
                            + ' '
                            + event.metadata().get(group + FluxEvent.REVISION));
        }
    }

    /** Whether it was not told lately; if so, it is from now on. */
    public boolean isNew(FluxEvent event, Instant now) {
        Key key = Key.of(event);
        Instant before = told.get(key);
        if (before != null && before.plus(QUIET).isAfter(now)) {
            return false;
        }
        told.remove(key);
        told.put(key, now);
        return true;
    }
}

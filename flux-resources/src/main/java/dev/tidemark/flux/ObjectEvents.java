package dev.tidemark.flux;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest events of one resource, the newest last.
 *
 * @param events at most {@link #KEPT}; equal ones are counted
 */
public record ObjectEvents(List<ObjectEvent> events) {

    public static final ObjectEvents NONE = new ObjectEvents(List.of());

    /** A screen full; a cluster keeps as few for an hour. */
    static final int KEPT = 20;

    public ObjectEvents {
        events = List.copyOf(events);
    }

    /** With one more. */
    public ObjectEvents and(ObjectEvent happened) {
        List<ObjectEvent> all = new ArrayList<>();
        ObjectEvent newest = happened;
        for (ObjectEvent event : events) {
            if (event.saysTheSame(happened)) {
                newest = happened.after(event);
            } else {
                all.add(event);
            }
        }
        all.add(newest);
        return new ObjectEvents(all.subList(Math.max(0, all.size() - KEPT), all.size()));
    }
}

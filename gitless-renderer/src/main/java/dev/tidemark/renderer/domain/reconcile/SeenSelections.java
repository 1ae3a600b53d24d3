package dev.tidemark.renderer.domain.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which selections a ResourceSet has been rendered with, so that a change can be put down to the new one. */
public final class SeenSelections {

    private Set<String> seen = Set.of();

    /** The newest selection not seen before; null where none is new. */
    @Nullable
    Envelope<Event.TagSelected> news(List<Envelope<Event.TagSelected>> selections) {
        return selections.stream()
                .filter(selection -> !seen.contains(selection.id()))
                .max(Comparator.comparing(selection -> selection.event().decidedAt()))
                .orElse(null);
    }

    void remember(List<Envelope<Event.TagSelected>> selections) {
        Set<String> ids = new HashSet<>();
        selections.forEach(selection -> ids.add(selection.id()));
        seen = ids;
    }
}

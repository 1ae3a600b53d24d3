package dev.tidemark.renderer.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is kept of a ResourceSet from run to run. Used by one run at a time. */
final class SetState {

    private Set<String> rendered = Set.of();
    private boolean suspended;

    /** The newest selection that it was not rendered with, which a change is put down to; null where none is new. */
    @Nullable
    Envelope<Event.TagSelected> news(List<Envelope<Event.TagSelected>> selections) {
        return selections.stream()
                .filter(selection -> !rendered.contains(selection.id()))
                .max(Comparator.comparing(selection -> selection.event().decidedAt()))
                .orElse(null);
    }

    void rendered(List<Envelope<Event.TagSelected>> selections) {
        Set<String> ids = new HashSet<>();
        selections.forEach(selection -> ids.add(selection.id()));
        rendered = ids;
    }

    /** Whether it was suspended when it was last seen: should it be gone next, its objects stay. */
    boolean suspended() {
        return suspended;
    }

    void suspended(boolean now) {
        suspended = now;
    }
}

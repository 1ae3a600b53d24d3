package dev.tidemark.renderer.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.renderer.domain.apply.Remembered;
import dev.tidemark.renderer.domain.apply.SetTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is kept of a ResourceSet from run to run. Used by one run at a time. */
final class SetState {

    private Set<String> rendered = Set.of();
    private final Remembered remembered = new Remembered();
    private boolean suspended;
    private @Nullable SetTerms terms;
    private @Nullable String published;
    private @Nullable Wait wait;
    private @Nullable Instant ending;
    private @Nullable Instant denied;

    /**
     * @param what has to become healthy
     * @param since when it was first waited for
     */
    private record Wait(String what, Instant since) {}

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

    /** What its runs have seen of its objects. Nobody else had the set meanwhile: a state is as old as its owner's epoch. */
    Remembered remembered() {
        return remembered;
    }

    /** How it was last applied, for when it is gone; empty before its first run here. */
    Optional<SetTerms> terms() {
        return Optional.ofNullable(terms);
    }

    void terms(SetTerms now) {
        terms = now;
    }

    /** Whether the log was told that this revision is applied. */
    boolean hasPublished(String revision) {
        return revision.equals(published);
    }

    void published(String revision) {
        published = revision;
    }

    boolean isWaiting() {
        return wait != null;
    }

    /** How long this is waited for by now. */
    Duration waited(String what, Instant now) {
        if (wait == null || !wait.what.equals(what)) {
            wait = new Wait(what, now);
        }
        return Duration.between(wait.since, now);
    }

    void waitsNoMore() {
        wait = null;
    }

    /** How long its end is tried by now. */
    Duration ending(Instant now) {
        if (ending == null) {
            ending = now;
        }
        return Duration.between(ending, now);
    }

    /** How long its end is denied by now, and nothing else is in its way. */
    Duration denied(Instant now) {
        if (denied == null) {
            denied = now;
        }
        return Duration.between(denied, now);
    }

    void deniedNoMore() {
        denied = null;
    }

    /** Whether it was suspended when it was last seen: should it be gone next, its objects stay. */
    boolean suspended() {
        return suspended;
    }

    void suspended(boolean now) {
        suspended = now;
    }
}

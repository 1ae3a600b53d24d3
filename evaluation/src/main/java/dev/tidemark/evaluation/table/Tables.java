package dev.tidemark.evaluation.table;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagCheckWanted;

/**
 * Everything that is kept of one partition. Whatever else the evaluation holds can be computed again from it.
 *
 * @param tags by {@code feed|tag}
 * @param pages of bases, by their keys
 * @param pending by {@code feed|tag}: the difference of a scan that has not completed
 * @param feeds by feed
 * @param declared by {@code image|target}: the envelope of a {@link PolicyDeclared}
 * @param states by {@code image|target}
 * @param wanted by {@code feed|tag}: the envelope of the {@link TagCheckWanted} in force
 * @param wakeups by {@code image|target}: when time alone may change a decision
 * @param deferred by feed: which policies are still to be evaluated for a large event
 * @param controls by scope: the envelope of the newest {@link ControlRequested}
 * @param owners the epoch of the newest owner of the partition of {@code tag-discovered}
 * @param tenures by {@code image|target}: who may write for a target that moves
 * @param positions by {@code topic-partition}: the last offset that was taken in
 */
public record Tables(
        Table<KnownTag> tags,
        Table<TagPage> pages,
        Table<PendingTag> pending,
        Table<FeedState> feeds,
        Table<Envelope<?>> declared,
        Table<PolicyState> states,
        Table<Envelope<?>> wanted,
        Table<Wakeup> wakeups,
        Table<Deferred> deferred,
        Table<Envelope<?>> controls,
        Table<Long> owners,
        Table<Tenure> tenures,
        Table<Long> positions) {

    /** Whether nothing was ever taken in. */
    public boolean areNew() {
        boolean[] any = new boolean[1];
        positions.forEach("", (place, offset) -> any[0] = true);
        return !any[0];
    }
}

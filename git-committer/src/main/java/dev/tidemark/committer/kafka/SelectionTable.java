package dev.tidemark.committer.kafka;

import dev.tidemark.committer.domain.Selections;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TableHealth;
import dev.tidemark.runtime.log.TopicTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** All of {@code tag-selected} in memory: a replica reacts to this table, so no event can overtake its selection. */
public final class SelectionTable implements Selections, AutoCloseable {

    private final TopicTable table;
    private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();

    public SelectionTable(LogClients log, DeadLetters deadLetters) {
        this.table = new TopicTable(
                Topic.TAG_SELECTED,
                log,
                "git-committer-tag-selected",
                deadLetters,
                keys -> listeners.forEach(listener -> listener.accept(keys)));
    }

    /** Calls {@code listener} with the targets that changed, on the table's thread, after the table shows it. */
    public void onChange(Consumer<Set<String>> listener) {
        listeners.add(listener);
    }

    public void start() {
        table.start();
    }

    @Override
    public Optional<Envelope<TagSelected>> of(Target target) {
        return table.find(target.text()).flatMap(envelope -> selection(target, envelope));
    }

    /** A record whose key is another's, or of another type, selects nothing. */
    static Optional<Envelope<TagSelected>> selection(Target target, Envelope<?> envelope) {
        return envelope.event() instanceof TagSelected selected
                        && selected.target().equals(target)
                ? Optional.of(new Envelope<>(
                        envelope.id(),
                        envelope.source(),
                        envelope.time(),
                        envelope.correlationid(),
                        envelope.causationid(),
                        envelope.traceparent(),
                        selected))
                : Optional.empty();
    }

    /** Waits until everything that is in the topic now is seen; false if that takes longer. */
    public boolean catchUp(Duration limit) throws InterruptedException {
        return table.catchUp(limit);
    }

    /** Why the table does not show what its topic says; empty when it does. */
    public Optional<String> problem() {
        return problem(table.health());
    }

    static Optional<String> problem(TableHealth health) {
        return switch (health) {
            case TableHealth.Following following -> Optional.empty();
            case TableHealth.Failing(String cause, Instant since) ->
                Optional.of(Topic.TAG_SELECTED.topicName() + " has not been read since " + since + ": " + cause);
        };
    }

    @Override
    public void close() {
        table.close();
    }
}

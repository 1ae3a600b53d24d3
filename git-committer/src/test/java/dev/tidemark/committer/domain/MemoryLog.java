package dev.tidemark.committer.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Publication;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The log in memory: selections that replicas may see late, and what they publish. */
public final class MemoryLog implements EventPublisher {

    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    public final Map<Target, Envelope<TagSelected>> selected = new HashMap<>();
    public final List<Envelope<?>> published = new ArrayList<>();
    public boolean away;

    public static Target target(String policy) {
        return new Target("local", "ImagePolicy", "apps", policy);
    }

    public static Envelope<TagSelected> selection(String policy, String tag, long sequence) {
        TagSelected selected = new TagSelected(
                target(policy),
                new ImageName("ghcr.io/acme/" + policy),
                "ghcr.io/acme/" + policy,
                List.of(new SelectedTag(tag, null)),
                List.of(),
                sequence,
                START);
        return Envelope.correlated(selected, "policy-evaluator", START.plusSeconds(sequence), "push-" + sequence);
    }

    public void select(String policy, String tag, long sequence) {
        selected.put(target(policy), selection(policy, tag, sequence));
    }

    @Override
    public void append(List<? extends Publication> publications) {
        for (Publication publication : publications) {
            if (away) {
                throw new LogUnavailableException("the broker is away", new TimeoutException());
            }
            if (publication instanceof Publication.Fact(Envelope<?> event)) {
                published.add(event);
            }
        }
    }

    /** The last state of each branch. */
    public List<BranchState> states() {
        Map<String, BranchState> newest = new HashMap<>();
        events(BranchState.class).forEach(state -> newest.put(state.branch().text(), state));
        return List.copyOf(newest.values());
    }

    public <E extends Event> List<E> events(Class<E> type) {
        return published.stream()
                .map(Envelope::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** What a table that is current shows. */
    public Optional<Envelope<TagSelected>> selection(Target target) {
        return Optional.ofNullable(selected.get(target));
    }
}

package dev.tidemark.committer.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log in memory: selections that replicas may see late, and what they publish. */
final class MemoryLog implements Journal {

    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    final Map<Target, Envelope<TagSelected>> selected = new HashMap<>();
    final List<Envelope<?>> published = new ArrayList<>();
    boolean away;

    static Target target(String policy) {
        return new Target("local", "ImagePolicy", "apps", policy);
    }

    static Envelope<TagSelected> selection(String policy, String tag, long sequence) {
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

    void select(String policy, String tag, long sequence) {
        selected.put(target(policy), selection(policy, tag, sequence));
    }

    @Override
    public void publish(Envelope<?> event) {
        if (away) {
            throw new IllegalStateException("the broker is away");
        }
        published.add(event);
    }

    @Override
    public List<BranchState> restore(Collection<Integer> partitions) {
        Map<String, BranchState> newest = new HashMap<>();
        events(BranchState.class).forEach(state -> newest.put(state.branch().text(), state));
        return List.copyOf(newest.values());
    }

    <E extends Event> List<E> events(Class<E> type) {
        return published.stream()
                .map(Envelope::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** A replica's table of the selections: current, or stuck at a moment. */
    final class Table implements Selections {

        private final Map<Target, Envelope<TagSelected>> seen = new HashMap<>();
        boolean stuck;

        @Override
        public Optional<Envelope<TagSelected>> of(Target target) {
            if (!stuck) {
                seen.remove(target);
                Optional.ofNullable(selected.get(target)).ifPresent(now -> seen.put(target, now));
            }
            return Optional.ofNullable(seen.get(target));
        }

        @Override
        public boolean catchUp(Duration limit) {
            return !stuck;
        }
    }
}

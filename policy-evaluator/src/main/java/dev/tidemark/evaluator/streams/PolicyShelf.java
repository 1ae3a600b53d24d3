package dev.tidemark.evaluator.streams;

import dev.tidemark.evaluator.domain.PolicyMemory;
import dev.tidemark.evaluator.domain.PolicyRun;
import dev.tidemark.evaluator.domain.TagBook;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The declared policies of a partition and what each remembers. Runs are rebuilt from the stores after a restore. */
final class PolicyShelf {

    private final KeyValueStore<String, Envelope<?>> declared;
    private final KeyValueStore<String, PolicyMemory> memories;
    private final TagBook book;
    private @Nullable Map<Feed, Map<String, PolicyRun>> runs;

    PolicyShelf(
            KeyValueStore<String, Envelope<?>> declared, KeyValueStore<String, PolicyMemory> memories, TagBook book) {
        this.declared = declared;
        this.memories = memories;
        this.book = book;
    }

    /** @return false for a declaration that is older than the one in force */
    boolean declare(PolicyDeclared policy, Envelope<?> envelope) {
        String key = Keys.declared(policy.image(), policy.target());
        Envelope<?> before = declared.get(key);
        if (before != null && before.event() instanceof PolicyDeclared old) {
            if (old.sequence() >= policy.sequence()) {
                return false;
            }
            byFeed(old.feed()).remove(key);
        }
        declared.put(key, envelope);
        byFeed(policy.feed()).put(key, new PolicyRun(policy, book));
        return true;
    }

    /** Takes a policy down; its target if nothing else declares it. */
    Optional<Target> withdraw(String key) {
        Envelope<?> before = declared.delete(key);
        if (before != null && before.event() instanceof PolicyDeclared old) {
            byFeed(old.feed()).remove(key);
            memories.delete(old.target().text());
            return Optional.of(old.target());
        }
        return Optional.empty();
    }

    PolicyRun run(PolicyDeclared policy) {
        return byFeed(policy.feed())
                .computeIfAbsent(Keys.declared(policy.image(), policy.target()), key -> new PolicyRun(policy, book));
    }

    List<PolicyRun> runsOn(Feed feed) {
        return List.copyOf(byFeed(feed).values());
    }

    PolicyMemory memory(PolicyRun run) {
        PolicyMemory memory = memories.get(run.declared().target().text());
        return memory == null ? PolicyMemory.NONE : memory;
    }

    void remember(PolicyRun run, PolicyMemory memory) {
        if (!memory.equals(memory(run))) {
            memories.put(run.declared().target().text(), memory);
        }
    }

    private Map<String, PolicyRun> byFeed(Feed feed) {
        return all().computeIfAbsent(feed, key -> new TreeMap<>());
    }

    private Map<Feed, Map<String, PolicyRun>> all() {
        Map<Feed, Map<String, PolicyRun>> known = runs;
        if (known == null) {
            known = new HashMap<>();
            try (KeyValueIterator<String, Envelope<?>> entries = declared.all()) {
                while (entries.hasNext()) {
                    var entry = entries.next();
                    if (entry.value.event() instanceof PolicyDeclared policy) {
                        known.computeIfAbsent(policy.feed(), key -> new TreeMap<>())
                                .put(entry.key, new PolicyRun(policy, book));
                    }
                }
            }
            runs = known;
        }
        return known;
    }
}

package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The declared policies of a partition at work. Built from the tables, so a new owner goes on where the last one was. */
final class PolicyIndex {

    private final Tables tables;
    private final TagStore store;
    private final DecisionPublisher publisher;
    private final Map<Feed, TreeMap<String, PolicyRun>> byFeed = new HashMap<>();
    private final TreeMap<String, PolicyRun> byKey = new TreeMap<>();

    PolicyIndex(Tables tables, TagStore store, DecisionPublisher publisher) {
        this.tables = tables;
        this.store = store;
        this.publisher = publisher;
        tables.declared().forEach("", (key, envelope) -> {
            if (envelope.event() instanceof PolicyDeclared policy) {
                add(policy);
            }
        });
    }

    /** Takes a declaration in, in place of the one in force. */
    PolicyRun declare(Envelope<?> envelope, PolicyDeclared policy) {
        String key = Keys.declared(policy.image(), policy.target());
        take(key);
        tables.declared().put(key, envelope);
        return add(policy);
    }

    /** Takes a policy down, with its state. */
    Optional<PolicyRun> withdraw(String key) {
        Optional<PolicyRun> run = take(key);
        run.ifPresent(gone -> {
            tables.declared().delete(key);
            tables.states().delete(key);
        });
        return run;
    }

    Optional<PolicyRun> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    List<PolicyRun> on(Feed feed) {
        Map<String, PolicyRun> runs = byFeed.get(feed);
        return runs == null ? List.of() : List.copyOf(runs.values());
    }

    Collection<PolicyRun> all() {
        return List.copyOf(byKey.values());
    }

    /** The next policies of a scope after a key, from the first again behind the last. */
    List<PolicyRun> next(String scope, String after, int count) {
        TreeMap<String, PolicyRun> runs = scope.equals(DeferredEvaluations.EVERYTHING)
                ? byKey
                : byFeed.getOrDefault(Feed.parse(scope), new TreeMap<>());
        return Stream.concat(runs.tailMap(after, false).values().stream(), runs.headMap(after, true).values().stream())
                .limit(count)
                .toList();
    }

    void save(PolicyRun run, PolicyState state) {
        if (!state.equals(run.state())) {
            run.save(state);
            tables.states().put(run.key(), state);
        }
    }

    private Optional<PolicyRun> take(String key) {
        PolicyRun run = byKey.remove(key);
        if (run != null) {
            Map<String, PolicyRun> onFeed = byFeed.get(run.declared().feed());
            if (onFeed != null) {
                onFeed.remove(key);
            }
        }
        return Optional.ofNullable(run);
    }

    private PolicyRun add(PolicyDeclared policy) {
        String key = Keys.declared(policy.image(), policy.target());
        PolicyState state = tables.states().get(key);
        PolicyRun run = new PolicyRun(policy, state == null ? PolicyState.NONE : state, store, publisher::failed);
        byKey.put(key, run);
        byFeed.computeIfAbsent(policy.feed(), feed -> new TreeMap<>()).put(key, run);
        return run;
    }
}

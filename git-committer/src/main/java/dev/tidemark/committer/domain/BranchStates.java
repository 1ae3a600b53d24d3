package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Event.BranchState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What is remembered of the branches of this replica: read from the log when it takes them over, then kept. */
public final class BranchStates {

    /** A writer's own records come back to it within this many newer ones. */
    private static final int RECENT = 16;

    private final Map<Branch, Deque<BranchState>> states = new ConcurrentHashMap<>();

    BranchState of(Branch branch) {
        Deque<BranchState> recent = states.get(branch);
        return recent == null ? new BranchState(branch, null, Map.of(), null, null, null) : recent.getLast();
    }

    void put(BranchState state) {
        states.compute(state.branch(), (branch, before) -> {
            Deque<BranchState> recent = before == null ? new ArrayDeque<>() : new ArrayDeque<>(before);
            recent.addLast(state);
            if (recent.size() > RECENT) {
                recent.removeFirst();
            }
            return recent;
        });
    }

    /** Whether this replica wrote the state or started from it. */
    boolean knows(BranchState state) {
        Deque<BranchState> recent = states.get(state.branch());
        return recent != null && recent.contains(state);
    }

    void forget(Predicate<Branch> which) {
        states.keySet().removeIf(which);
    }
}

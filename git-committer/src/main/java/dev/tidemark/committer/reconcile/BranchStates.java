package dev.tidemark.committer.reconcile;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the branches of one partition were given, in one epoch: read from the log, then kept. A state that somebody else
 * wrote since, such as a writer that was paused, is folded in, and is to be written over: what the log keeps must be what
 * the owner knows.
 */
final class BranchStates {

    /** A writer's own records come back to it within this many newer ones. */
    private static final int RECENT = 16;

    private final Map<Branch, Known> states = new ConcurrentHashMap<>();

    /** Records of the log that hold what this build does not understand. */
    private final Map<Branch, Envelope<?>> newer = new ConcurrentHashMap<>();

    /** @param overwritten whether the log's newest state is not ours */
    private record Known(BranchState current, boolean overwritten, List<BranchState> recent) {

        Known with(BranchState state, boolean overwritten) {
            List<BranchState> newer = new ArrayList<>(recent);
            newer.add(state);
            return new Known(
                    state, overwritten, newer.size() > RECENT ? List.copyOf(newer.subList(1, newer.size())) : newer);
        }
    }

    BranchState of(Branch branch) {
        Known known = states.get(branch);
        return known == null ? new BranchState(branch, null, Map.of(), null, null, null) : known.current();
    }

    /** Whether the log's newest state of the branch is somebody else's. */
    boolean isOverwritten(Branch branch) {
        Known known = states.get(branch);
        return known != null && known.overwritten();
    }

    void loaded(BranchState state) {
        states.compute(
                state.branch(),
                (branch, known) -> known == null ? new Known(state, false, List.of(state)) : known.with(state, false));
    }

    /** The log has no state of the branch any more. */
    void removed(Branch branch) {
        states.remove(branch);
        newer.remove(branch);
    }

    /** The log has this record of the branch. */
    void read(Branch branch, Envelope<?> record) {
        if (record.unread() == null) {
            newer.remove(branch);
        } else {
            newer.put(branch, record);
        }
    }

    /** A record that says what the log says of the branch and this build does not understand. */
    Envelope<BranchState> keeping(Envelope<BranchState> next) {
        Envelope<?> before = newer.get(next.event().branch());
        return before == null ? next : next.keeping(before);
    }

    /**
     * The owner is about to write a state.
     *
     * @param before what it was made from: what came since is still to be written over
     */
    void writing(BranchState state, BranchState before) {
        states.compute(state.branch(), (branch, known) -> {
            if (known == null) {
                return new Known(state, false, List.of(state));
            }
            return known.current().equals(before)
                    ? known.with(state, false)
                    : new Known(
                            folded(state, known.current().written()),
                            true,
                            known.with(state, true).recent());
        });
    }

    /**
     * A state appeared in the log.
     *
     * @return false when this replica wrote it, or started from it
     */
    boolean appeared(BranchState state) {
        boolean[] foreign = {false};
        states.compute(state.branch(), (branch, known) -> {
            if (known != null && known.recent().contains(state)) {
                return known;
            }
            foreign[0] = true;
            return known == null
                    ? new Known(state, false, List.of(state))
                    : new Known(folded(known.current(), state.written()), true, known.recent());
        });
        return foreign[0];
    }

    /** What was found in Git: nothing older may follow it. */
    void fold(Branch branch, Map<String, Written> found) {
        states.computeIfPresent(branch, (b, known) -> new Known(folded(known.current(), found), true, known.recent()));
    }

    private static BranchState folded(BranchState own, Map<String, Written> found) {
        Map<String, Written> written = new TreeMap<>(own.written());
        found.forEach((target, theirs) ->
                written.merge(target, theirs, (ours, other) -> other.sequence() > ours.sequence() ? other : ours));
        return new BranchState(own.branch(), own.head(), written, own.failingSince(), own.nextTry(), own.problem());
    }
}

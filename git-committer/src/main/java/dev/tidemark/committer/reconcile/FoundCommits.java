package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.BranchProgress;
import dev.tidemark.committer.domain.FoundCommit;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.committer.domain.WorkingClone.HistoryOutcome;
import dev.tidemark.events.Event.BranchState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commits that the log does not know: pushed by a writer that was killed before it could say so, or by one that was paused.
 * They lie between the head that the log knows and the remote's. What they were made from counts as written, and they are
 * recorded.
 */
final class FoundCommits {

    /** Further back nobody looks: a branch that moved so much without its writer is somebody else's. */
    static final int MAX_COMMITS = 1_000;

    private final OpenBranch branch;
    private final Clock clock;
    private List<AutomationPlan> plans = List.of();

    FoundCommits(OpenBranch branch, Clock clock) {
        this.branch = branch;
        this.clock = clock;
    }

    /**
     * An attempt begins. Its commits are looked for, also if nobody is to write the branch any more when it ends.
     *
     * @param writers of the branch, without selections that are older than what it was given already
     */
    void begin(List<AutomationPlan> writers) {
        plans = writers;
    }

    /** Reads back from the remote's head to the one that is known; costs nothing while they are one. */
    HistoryOutcome readBack(WorkingClone clone, Source source, String ref, @Nullable String head) {
        BranchState state = branch.states().of(branch.branch());
        @Nullable String known = branch.head() == null ? state.head() : branch.head();
        if (head == null || head.equals(known)) {
            return new HistoryOutcome.Read(List.of());
        }
        HistoryOutcome outcome = clone.history(source, ref, known, known == null ? 1 : MAX_COMMITS);
        if (known == null && outcome instanceof HistoryOutcome.Read(List<FoundCommit> newest) && isOurs(newest)) {
            // a branch without a state whose head is ours: perhaps it was never said
            outcome = clone.history(source, ref, null, MAX_COMMITS);
        }
        if (outcome instanceof HistoryOutcome.Read(List<FoundCommit> commits)) {
            record(commits, state);
            branch.head(head);
        }
        return outcome;
    }

    private static boolean isOurs(List<FoundCommit> commits) {
        return commits.stream().anyMatch(FoundCommit::isOurs);
    }

    private void record(List<FoundCommit> commits, BranchState state) {
        Map<String, AutomationPlan> byName =
                plans.stream().collect(Collectors.toMap(AutomationPlan::name, plan -> plan));
        for (FoundCommit commit : commits.reversed()) {
            Optional.ofNullable(byName.get(commit.automation()))
                    .filter(plan -> commit.isOurs())
                    .ifPresent(plan -> branch.add(BranchProgress.found(commit, plan, clock.instant())));
        }
        if (state.head() != null) {
            // without a state the log is another one than these sequences come from
            branch.states().fold(branch.branch(), BranchProgress.written(commits, byName.values()));
        }
    }

    /** The remote's head is ours. */
    void pushed(String head) {
        branch.head(head);
    }

    /** These plans as they are after what was found. */
    List<AutomationPlan> current(List<AutomationPlan> given) {
        BranchState state = branch.states().of(branch.branch());
        return given.stream().map(plan -> BranchProgress.current(plan, state)).toList();
    }
}

package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.BranchProgress;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.committer.domain.UnknownTags;
import dev.tidemark.committer.domain.UnknownTags.Unknown;
import dev.tidemark.events.BranchTagFound;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;

/**
 * What is not written before the registry has been asked: the evaluator is told what the branch holds, and answers with a
 * selection that was made in knowledge of it.
 */
final class HeldBack {

    private static final System.Logger LOG = System.getLogger(HeldBack.class.getName());

    private final OpenBranch branch;
    private final UnknownTags unknown;
    private final Clock clock;

    HeldBack(OpenBranch branch, UnknownTags unknown, Clock clock) {
        this.branch = branch;
        this.unknown = unknown;
        this.clock = clock;
    }

    /** The tags of a branch that this update is not to replace; each is told once while the branch is open. */
    List<Unknown> of(AutomationPlan plan, TreeUpdate update) {
        List<Unknown> found = unknown.among(plan, update, branch.states().of(branch.branch()));
        found.forEach(this::tell);
        return found;
    }

    private void tell(Unknown found) {
        TagSelected selected = found.selection().event();
        BranchTagFound event = new BranchTagFound(
                selected.target(), selected.image(), branch.branch(), found.tag(), selected.sequence());
        if (branch.asks(event)) {
            LOG.log(
                    Level.INFO,
                    LogKeys.line(
                            "unconfirmed-tag",
                            LogKeys.BRANCH,
                            branch.branch(),
                            LogKeys.TARGET,
                            found.target(),
                            LogKeys.REASON,
                            found.finding().text()));
            branch.add(found.selection().causes(event, BranchProgress.EVENT_SOURCE, clock.instant()));
        }
    }
}

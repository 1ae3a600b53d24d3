package dev.tidemark.committer.domain;

import org.jspecify.annotations.Nullable;

/** What a run came to for one automation. */
public sealed interface AutomationOutcome {

    AutomationPlan plan();

    /**
     * @param revision what the next run compares with, {@code branch@sha1:id}
     * @param alsoPushed where else than to its branch; null for nowhere
     */
    record Committed(
            AutomationPlan plan,
            TreeUpdate update,
            String commit,
            String message,
            String revision,
            @Nullable Refspec alsoPushed)
            implements AutomationOutcome {

        /** The same, pushed a second time. */
        public Committed alsoPushed(Refspec refspec) {
            return new Committed(plan, update, commit, message, revision, refspec);
        }
    }

    /** The tree already is as the policies want it. */
    record NoChange(AutomationPlan plan, TreeUpdate update, String revision) implements AutomationOutcome {}

    /** @param message of bounded length, as it becomes part of events; so are those of the others */
    record Failed(AutomationPlan plan, String reason, String message) implements AutomationOutcome {
        public Failed {
            message = Printable.cut(message, Printable.MAX_MESSAGE);
        }
    }

    /** Only a change of what the automation refers to helps. */
    record Stalled(AutomationPlan plan, String reason, String message) implements AutomationOutcome {
        public Stalled {
            message = Printable.cut(message, Printable.MAX_MESSAGE);
        }
    }

    /** A plan that cannot be carried out. */
    static AutomationOutcome of(AutomationPlan plan, PlanOutcome.Problem problem) {
        return switch (problem) {
            case PlanOutcome.Stalled(String reason, String message) -> new Stalled(plan, reason, message);
            case PlanOutcome.Failed(String reason, String message) -> new Failed(plan, reason, message);
        };
    }
}

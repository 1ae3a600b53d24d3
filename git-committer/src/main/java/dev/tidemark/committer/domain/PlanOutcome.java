package dev.tidemark.committer.domain;

/** What planning an automation came to. */
public sealed interface PlanOutcome {

    /** @param plan without selections: those are looked up when its branch is written */
    record Planned(AutomationPlan plan) implements PlanOutcome {}

    /** {@code spec.suspend} of the automation or of its GitRepository, or somebody else works on it: nothing is touched. */
    record Suspended() implements PlanOutcome {}

    /** Why nothing can be written. */
    sealed interface Problem extends PlanOutcome {
        String reason();

        String message();
    }

    /** Only a change of the automation, or of what it refers to, helps. */
    record Stalled(String reason, String message) implements Problem {
        public Stalled {
            message = Printable.cut(message, Printable.MAX_MESSAGE);
        }
    }

    /** May heal by itself. */
    record Failed(String reason, String message) implements Problem {
        public Failed {
            message = Printable.cut(message, Printable.MAX_MESSAGE);
        }
    }
}

package dev.tidemark.committer.domain;

/** What planning an automation came to. */
public sealed interface PlanOutcome {

    record Planned(AutomationPlan plan) implements PlanOutcome {}

    /** Only a change of the automation, or of what it refers to, helps. */
    record Stalled(String reason, String message) implements PlanOutcome {
        public Stalled {
            message = Printable.cut(message, Printable.MAX_MESSAGE);
        }
    }

    /** May heal by itself. */
    record Failed(String reason, String message) implements PlanOutcome {
        public Failed {
            message = Printable.cut(message, Printable.MAX_MESSAGE);
        }
    }

    /** {@code spec.suspend} of the automation or of its GitRepository: nothing is touched. */
    record Suspended() implements PlanOutcome {}
}

package dev.tidemark.events;

/**
 * A branch holds a higher tag of a target than the one that is selected, and the log has no memory of how it got there. Written
 * by the committer that owns the branch, which writes nothing lower before a selection names this tag as the previous one.
 *
 * @param tag as it stands in the branch: whether the registry has it is not known
 * @param sequence of the selection that is held back; where another one is in force meanwhile, this has no effect
 */
public record BranchTagFound(Target target, ImageName image, Branch branch, String tag, long sequence)
        implements EvaluatorInput {}

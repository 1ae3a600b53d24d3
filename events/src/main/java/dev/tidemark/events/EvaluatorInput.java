package dev.tidemark.events;

/**
 * What decisions follow from: tags and scans, declared policies and their hand-over, what branches hold, and what people ask for; and whose
 * word counts.
 */
public sealed interface EvaluatorInput extends Event
        permits Event.TagDiscovered,
                Event.TagRemoved,
                TagsListed,
                TagsChanged,
                Event.ScanCompleted,
                Event.PolicyDeclared,
                PolicyHandedOver,
                BranchTagFound,
                Event.ControlRequested,
                Event.PartitionClaimed {}

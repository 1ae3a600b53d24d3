package dev.tidemark.events;

/** What came of selections outside of the log: in Git, or as objects. */
public sealed interface EffectEvent extends Event
        permits Committed, Event.Rendered, Event.UpdateRefused, Event.UpdateFailed {}

package dev.tidemark.policies.gate;

import dev.tidemark.events.Event.CheckPurpose;

/** What a registry is to be asked of one tag. */
public record Check(String tag, CheckPurpose purpose) {}

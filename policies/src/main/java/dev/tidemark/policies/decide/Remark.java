package dev.tidemark.policies.decide;

/** Why a tag is, or is not, the selection. For machines; {@link Explanation} has the sentence. */
public record Remark(String tag, Why why) {}

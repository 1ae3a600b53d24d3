package dev.tidemark.policies.gate;

/**
 * A step to a lower tag.
 *
 * @param unwanted whether the policy, as it is now, does not want what is published
 * @param gone whether the registry has confirmed that what is published is gone
 */
public record Descent(String published, String to, boolean unwanted, boolean gone) {}

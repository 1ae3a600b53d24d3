package dev.tidemark.runtime.progress;

/**
 * What ends a service of this process: no work begins any more, and what is under way comes to its end.
 *
 * @param service its name
 * @param close returns when it has ended, or when that took too long
 */
public record ServiceEnd(String service, Runnable close) {}

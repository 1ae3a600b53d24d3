package dev.tidemark.watcher.hook;

/**
 * A tag that a payload says was pushed.
 *
 * @param repository path without the registry's host: the sender may know the host by another name
 */
record Claim(String repository, String tag) {}

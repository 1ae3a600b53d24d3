package dev.tidemark.events;

/** How much a commit changed; files are 0 where it was found at the remote, and not compared. */
public record CommitSize(int files, int changes, int images) {}

package dev.tidemark.flux;

/** A Namespace: only its labels are read, and those are metadata. */
public record NamespaceContent() {}

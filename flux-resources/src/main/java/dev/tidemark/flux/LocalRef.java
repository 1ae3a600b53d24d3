package dev.tidemark.flux;

/** Names an object in the namespace of the one that refers to it. */
public record LocalRef(String name) {}

package dev.tidemark.events;

/**
 * One scalar that a commit changed.
 *
 * @param file path from the root of the repository
 * @param setter the marker's value, {@code namespace:policy} with its suffix
 */
public record Change(String file, String oldValue, String newValue, String setter) {}

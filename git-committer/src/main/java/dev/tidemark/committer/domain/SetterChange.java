package dev.tidemark.committer.domain;

/**
 * One scalar that was given another value.
 *
 * @param file as the template sees it: relative to {@code update.path}
 * @param path from the root of the repository
 * @param setter the marker's value: {@code namespace:policy} with its suffix
 * @param policy whose selection was written
 */
public record SetterChange(
        String file, String path, ObjectKey object, String oldValue, String newValue, String setter, Policy policy) {}

package dev.tidemark.events;

import org.jspecify.annotations.Nullable;

/**
 * One chosen tag.
 *
 * @param digest {@code sha256:…} where it is known or wanted
 */
public record SelectedTag(String tag, @Nullable String digest) {}

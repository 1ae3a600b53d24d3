package dev.tidemark.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a tag is, or is not, the selection.
 *
 * @param why a name such as {@code TOO_YOUNG}; readers meet new ones
 * @param until when the reason ends by itself
 */
public record TagRemark(String tag, String why, @Nullable Instant until) {}

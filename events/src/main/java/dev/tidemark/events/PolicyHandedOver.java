package dev.tidemark.events;

import org.jspecify.annotations.Nullable;

/**
 * A target now follows another image: whoever had it writes nothing for it any more. Written by the evaluator that owns the
 * old image's partition into the partition of the new one.
 *
 * @param image the target follows now
 * @param from the image it followed, or that it should have followed meanwhile
 * @param sequence of its last selection, 0 if there was none; null where nothing is known of the target any more
 * @param hops how often it was handed on since somebody last said where to
 */
public record PolicyHandedOver(
        Target target,
        ImageName image,
        ImageName from,
        @Nullable Long sequence,
        int hops) implements EvaluatorInput {}

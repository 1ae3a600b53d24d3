package dev.tidemark.evaluation;

import dev.tidemark.events.ImageName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a declaration is taken back. */
public sealed interface Withdrawal {

    /** On a tombstone of {@code policy-declared}: the image that the target follows now. A deletion has none. */
    String MOVED = "tidemark-moved";

    /** The target is gone, and its selection with it. */
    record Deleted() implements Withdrawal {}

    /**
     * The target follows another image: its selection stays until the next one, which the new image's partition writes.
     *
     * @param to null in tombstones of older evaluators
     */
    record Moved(@Nullable ImageName to) implements Withdrawal {}

    /** What a tombstone's headers say. */
    static Withdrawal of(Map<String, String> headers) {
        String moved = headers.get(MOVED);
        if (moved == null) {
            return new Deleted();
        }
        try {
            return new Moved(new ImageName(moved));
        } catch (IllegalArgumentException older) {
            return new Moved(null);
        }
    }

    /** The headers of the tombstone. */
    default Map<String, String> headers() {
        return switch (this) {
            case Deleted deleted -> Map.of();
            case Moved(ImageName to) -> to == null ? Map.of(MOVED, "") : Map.of(MOVED, to.text());
        };
    }
}

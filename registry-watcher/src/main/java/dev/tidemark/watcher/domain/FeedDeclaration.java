package dev.tidemark.watcher.domain;

import dev.tidemark.events.Feed;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import java.util.Optional;

/** What one resource says of the feed that it names. */
public sealed interface FeedDeclaration {

    /** It has the feed scanned, in this way if no other resource names it. */
    record Watched(WatchedFeed feed) implements FeedDeclaration {}

    /** It names the feed, and is suspended. */
    record Suspended(Feed feed) implements FeedDeclaration {}

    /**
     * An ImageRepository that names no image; only a change of it helps.
     *
     * @param reason the Ready condition's
     */
    record Invalid(String reason, String message) implements FeedDeclaration {}

    /** It names none: it is of another kind, lists something else than tags, or is somebody else's to complain about. */
    record None() implements FeedDeclaration {}

    /** Whatever a resource says can fail that resource only: nothing is thrown. */
    static FeedDeclaration of(Resource<?> resource) {
        Optional<Resource<ImageRepositorySpec>> repository = resource.as(Kinds.IMAGE_REPOSITORY);
        try {
            return repository
                    .map(FeedDeclarations::ofRepository)
                    .or(() -> resource.as(Kinds.RESOURCE_SET_INPUT_PROVIDER).map(FeedDeclarations::ofProvider))
                    .orElseGet(None::new);
        } catch (RuntimeException fault) {
            return repository
                    .<FeedDeclaration>map(one -> new Invalid(
                            "ImageURLInvalid", "'" + one.spec().image() + "' cannot be watched: " + fault.getMessage()))
                    .orElseGet(None::new);
        }
    }

    /** The feed that it names, suspended or not. */
    default Optional<Feed> named() {
        return switch (this) {
            case Watched(WatchedFeed feed) -> Optional.of(feed.feed());
            case Suspended(Feed feed) -> Optional.of(feed);
            case Invalid invalid -> Optional.empty();
            case None none -> Optional.empty();
        };
    }

    /** The feed that it has scanned. */
    default Optional<WatchedFeed> watched() {
        return this instanceof Watched(WatchedFeed feed) ? Optional.of(feed) : Optional.empty();
    }
}

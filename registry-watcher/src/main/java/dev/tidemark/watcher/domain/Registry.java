package dev.tidemark.watcher.domain;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Feed;
import dev.tidemark.flux.AccessProfile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A registry as one feed sees it. Calls block; failures are values. */
public interface Registry {

    /** Hands every tag to {@code sink}, page by page; complete only when {@link Listing.Complete} is returned. */
    Listing list(Place place, Urgency urgency, TagSink sink);

    /** Asks what one tag points to. */
    Resolution resolve(Place place, Urgency urgency, String tag);

    /**
     * Where to ask and with what.
     *
     * @param timeout for one whole list or tag
     */
    record Place(Feed feed, AccessProfile access, Duration timeout) {}

    /** Takes a list while it is read. */
    interface TagSink {
        /** @return false for a repetition */
        boolean tag(String tag);

        /** A page has ended and another one follows: a good moment for urgent things. */
        void pageEnd();
    }

    /** How reading a list ended. */
    sealed interface Listing permits Listing.Complete, Failed {
        record Complete() implements Listing {}
    }

    /** What a tag points to. */
    sealed interface Resolution permits Resolution.Found, Resolution.Gone, Failed {
        /** @param digest {@code algorithm:hex} of what the tag points to, for several platforms of the index */
        record Found(String digest) implements Resolution {
            public Found {
                if (!ContentDigest.isValid(digest)) {
                    throw new IllegalArgumentException("not a digest: '" + digest + "'");
                }
            }
        }

        /** The registry says that there is no such tag. */
        record Gone() implements Resolution {}
    }

    /**
     * Nothing was learned.
     *
     * @param message names the cause and what helps; goes into status conditions
     * @param retryAfter what the registry asks for
     */
    record Failed(
            ScanFailure reason, String message, @Nullable Duration retryAfter) implements Listing, Resolution {}
}

package dev.tidemark.renderer.domain.input;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.ScanFailed;
import org.jspecify.annotations.Nullable;

/**
 * What the log says about one provider.
 *
 * @param selection its newest selection, null while there is none
 * @param decision the newest decision about it, null while there is none
 * @param failure why its feed cannot be scanned, null while it can
 * @param poll the last good scan of its feed, null while there was none
 */
public record ProviderFacts(
        @Nullable Envelope<Event.TagSelected> selection,
        Event.@Nullable PolicyDecided decision,
        @Nullable ScanFailed failure,
        Event.@Nullable FeedScanned poll) {

    public static final ProviderFacts NONE = new ProviderFacts(null, null, null, null);
}

package dev.tidemark.flux;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Alert {@code spec}: of which objects' events whom to tell.
 *
 * @param eventSeverity {@code info} for all events, {@code error} for what somebody should look at; null is {@code info}
 * @param inclusionList regular expressions; one has to be in the message, where there are any
 * @param exclusionList regular expressions; none may be in the message
 * @param eventMetadata is told with each event, where the event does not say it otherwise
 * @param summary the same under the key {@code summary}
 */
public record AlertSpec(
        LocalRef providerRef,
        @Nullable String eventSeverity,
        List<Source> eventSources,
        @Nullable List<String> inclusionList,
        @Nullable List<String> exclusionList,
        @Nullable Map<String, String> eventMetadata,
        @Nullable String summary,
        boolean suspend) {

    /** Objects of a kind; all of them by the name {@code *}, in the Alert's namespace where none is named. */
    public record Source(
            String kind,
            String name,
            @Nullable String namespace,
            @Nullable Map<String, String> matchLabels) {}
}

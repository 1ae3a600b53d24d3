package dev.tidemark.watcher.domain;

import dev.tidemark.events.Scan;
import org.jspecify.annotations.Nullable;

/** The full scan of a feed that is under way, if any: single tags are resolved between two of its pages. */
final class RunningScan {

    private @Nullable Scan scan;
    private @Nullable TagScan tags;

    void begin(Scan newest, TagScan listed) {
        scan = newest;
        tags = listed;
    }

    void end() {
        scan = null;
        tags = null;
    }

    @Nullable
    Scan scan() {
        return scan;
    }

    void confirmed(String tag) {
        if (tags != null) {
            tags.confirmed(tag);
        }
    }

    void gone(String tag) {
        if (tags != null) {
            tags.gone(tag);
        }
    }
}

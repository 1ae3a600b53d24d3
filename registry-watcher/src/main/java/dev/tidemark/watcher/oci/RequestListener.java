package dev.tidemark.watcher.oci;

import dev.tidemark.watcher.domain.budget.Answer;
import java.time.Duration;

/** Hears how registries take what they are asked, by host. Ends at once, and is called by many threads. */
public interface RequestListener {

    /** For whom nobody listens. */
    RequestListener NOBODY = new RequestListener() {
        @Override
        public void answered(String host, Answer answer) {}

        @Override
        public void waited(String host, Duration time) {}
    };

    /** A request was answered, or was not. */
    void answered(String host, Answer answer);

    /** A request, or a list's place, was let go after so long. */
    void waited(String host, Duration time);
}

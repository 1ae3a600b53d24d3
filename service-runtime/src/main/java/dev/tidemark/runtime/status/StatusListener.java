package dev.tidemark.runtime.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;

/** Hears of all statuses of a process. Ends at once, and is called by many threads. */
public interface StatusListener {

    /** For whom nobody listens. */
    StatusListener NOBODY = new StatusListener() {
        @Override
        public void ran(ResourceId object, Duration took) {}

        @Override
        public void shows(Resource<?> object, StatusOwner owner, JsonNode status) {}

        @Override
        public void gone(ResourceId object) {}
    };

    /** A run has said what it came to. */
    void ran(ResourceId object, Duration took);

    /** The status of a resource is this one, written now or before. */
    void shows(Resource<?> object, StatusOwner owner, JsonNode status);

    /** A resource has no status any more, or not by this process. */
    void gone(ResourceId object);
}

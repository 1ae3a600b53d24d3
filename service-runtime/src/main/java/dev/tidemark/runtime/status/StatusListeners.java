package dev.tidemark.runtime.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.util.List;

/** Several, each told in turn. */
public record StatusListeners(List<StatusListener> all) implements StatusListener {

    @Override
    public void ran(ResourceId object, Duration took) {
        all.forEach(listener -> listener.ran(object, took));
    }

    @Override
    public void shows(Resource<?> object, StatusOwner owner, JsonNode status) {
        all.forEach(listener -> listener.shows(object, owner, status));
    }

    @Override
    public void gone(ResourceId object) {
        all.forEach(listener -> listener.gone(object));
    }
}

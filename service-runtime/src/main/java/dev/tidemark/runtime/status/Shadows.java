package dev.tidemark.runtime.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.status.ShadowComparison;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Says where what Tidemark would write differs from what the controller wrote that works on an object: each thing once. */
final class Shadows {

    private static final System.Logger LOG = System.getLogger(Shadows.class.getName());

    /** More objects of other controllers than a cluster has; of further ones a difference may be said again. */
    private static final int MAX_REMEMBERED = 50_000;

    private final Map<ResourceId, ShadowComparison> said = new ConcurrentHashMap<>();
    private final Map<ResourceId, Differing> differing = new ConcurrentHashMap<>();

    /**
     * What is compared again, since the other controller often comes later and nobody here has something to say then.
     *
     * @param type of its status
     * @param owner whose replica compares
     */
    record Differing(Resource<?> resource, Class<?> type, StatusOwner owner, JsonNode ours) {}

    Optional<Differing> differing(ResourceId id) {
        return Optional.ofNullable(differing.get(id));
    }

    /** It is gone, or is nobody else's any more. */
    void forget(ResourceId id) {
        differing.remove(id);
        said.remove(id);
    }

    /** For any thread; of one object at a time. */
    void compare(Differing now, JsonNode theirs) {
        Resource<?> resource = now.resource();
        ShadowComparison comparison = ShadowComparison.between(theirs, now.ours());
        if (said.size() >= MAX_REMEMBERED) {
            said.clear();
            differing.clear();
        }
        if (comparison.differences().isEmpty()) {
            differing.remove(resource.id());
        } else {
            differing.put(resource.id(), now);
        }
        if (comparison.equals(said.put(resource.id(), comparison))) {
            return;
        }
        boolean agrees = comparison.differences().isEmpty();
        LOG.log(
                agrees ? Level.INFO : Level.WARNING,
                LogKeys.line(
                        agrees ? "shadow-agrees" : "shadow-differs",
                        LogKeys.RESOURCE,
                        resource.id(),
                        LogKeys.OWNER,
                        Shadow.whose(resource),
                        LogKeys.REASON,
                        agrees ? "it is as Tidemark would have it" : String.join("; ", comparison.differences())));
    }
}

package dev.tidemark.runtime.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.status.ShadowComparison;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Says where what Tidemark would write differs from what the controller wrote that works on an object: each thing once. */
final class Shadows {

    private static final System.Logger LOG = System.getLogger(Shadows.class.getName());

    /** More objects of other controllers than a cluster has; of further ones a difference may be said again. */
    private static final int MAX_REMEMBERED = 50_000;

    private final Map<ResourceId, ShadowComparison> said = new ConcurrentHashMap<>();

    /** For any thread; of one object at a time. */
    void compare(Resource<?> resource, JsonNode theirs, JsonNode ours) {
        ShadowComparison comparison = ShadowComparison.between(theirs, ours);
        if (said.size() >= MAX_REMEMBERED) {
            said.clear();
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

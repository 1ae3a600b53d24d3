package dev.tidemark.runtime.status;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.view.Suspension;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Says in the log which resources are left alone from now on, or are not any more; after a start, which ones are.
 *
 * @param kinds those that this service works on: others read them too
 */
public record SuspensionLines(Set<Kind<?>> kinds) implements Consumer<List<Change>> {

    private static final System.Logger LOG = System.getLogger(SuspensionLines.class.getName());

    @Override
    public void accept(List<Change> changes) {
        for (Change change : changes) {
            Optional<String> line = line(change);
            line.ifPresent(text -> LOG.log(Level.INFO, text));
        }
    }

    /** Empty where nothing changes in this. */
    Optional<String> line(Change change) {
        if (!kinds.contains(change.kind()) || change.later().isEmpty()) {
            return Optional.empty();
        }
        boolean before = change.earlier().filter(SuspensionLines::isSuspended).isPresent();
        boolean after = change.later().filter(SuspensionLines::isSuspended).isPresent();
        return before == after
                ? Optional.empty()
                : Optional.of(LogKeys.line(after ? "suspended" : "resumed", LogKeys.RESOURCE, change.id()));
    }

    private static boolean isSuspended(Resource<?> resource) {
        return Suspension.of(resource);
    }
}

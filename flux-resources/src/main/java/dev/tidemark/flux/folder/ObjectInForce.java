package dev.tidemark.flux.folder;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.nio.file.Path;

/**
 * An object as it counts.
 *
 * @param file the manifest that it comes from
 * @param where file and line
 * @param incarnation how often one of its name was deleted before
 * @param text as it is declared, as JSON; empty for a Secret
 * @param withheld whether it holds something that is not stored, such as a password: until its manifest is read it is
 *     known to be there, and nothing else
 */
record ObjectInForce(Resource<?> resource, Path file, String where, int incarnation, String text, boolean withheld) {

    ResourceId id() {
        return resource.id();
    }
}

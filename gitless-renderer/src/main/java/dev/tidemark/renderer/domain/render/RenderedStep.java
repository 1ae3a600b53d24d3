package dev.tidemark.renderer.domain.render;

import dev.tidemark.renderer.domain.KubeObject;
import java.util.List;

/**
 * The objects of one step, in the order of rendering.
 *
 * @param name empty for a ResourceSet without steps
 */
public record RenderedStep(String name, List<KubeObject> objects) {

    public RenderedStep {
        objects = List.copyOf(objects);
    }
}

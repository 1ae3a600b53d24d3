package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.StatusStore;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import java.time.Clock;

/** What runs over ResourceSets are done with. */
record SetWork(
        String cluster,
        ResourceSetRendering rendering,
        ObjectStore objects,
        StatusStore statuses,
        RendererEvents events,
        IntervalPace pace,
        Clock clock) {

    Applier applier() {
        return new Applier(objects);
    }
}

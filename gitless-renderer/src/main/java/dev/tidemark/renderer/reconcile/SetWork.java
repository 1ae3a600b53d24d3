package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.apply.Dependencies;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import dev.tidemark.runtime.time.Scheduler;
import java.time.Clock;

/** What runs over ResourceSets are done with. */
record SetWork(
        String cluster,
        ResourceSetRendering rendering,
        ObjectStore objects,
        YamlDocuments yaml,
        Dependencies dependencies,
        Statuses statuses,
        RendererEvents events,
        EventRecorder recorder,
        IntervalPace pace,
        Scheduler scheduler) {

    Applier applier() {
        return new Applier(objects, scheduler.clock());
    }

    Clock clock() {
        return scheduler.clock();
    }
}

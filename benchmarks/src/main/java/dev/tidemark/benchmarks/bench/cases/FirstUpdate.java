package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Branch;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Repository;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.util.List;

/** The first webhook after a start, which comes as soon as it is ready. */
record FirstUpdate(int starts) implements Case {

    private static final Apps APP = new Apps("app", 1, 1, 1);

    @Override
    public String name() {
        return "first-update";
    }

    @Override
    public String about() {
        return "the first webhook after a start → the pushed commit";
    }

    @Override
    public String size() {
        return Count.of(starts, "start") + ", " + Repositories.words(APP, Repository.Others.NONE);
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps app = rig.declare(APP);
        Repository repository = rig.repository(app, Repository.Others.NONE);
        Series series = new Series();
        try (Branch branch = rig.watch(repository)) {
            var unusedStart = rig.start();
            var unused = rig.statuses().awaitSelected(app, app.firstTag(), Limits.EFFECT);
            for (int start = 0; start < starts; start++) {
                rig.stop();
                Tidemark tidemark = rig.start();
                var unusedStages = new Update(rig, tidemark, app, repository, branch).run(Apps.tag(start), series);
            }
        }
        return series.measures();
    }
}

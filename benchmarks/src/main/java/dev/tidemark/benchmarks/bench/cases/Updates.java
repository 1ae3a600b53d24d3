package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Branch;
import dev.tidemark.benchmarks.bench.rig.History;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Load;
import dev.tidemark.benchmarks.bench.rig.ProcessTree;
import dev.tidemark.benchmarks.bench.rig.Repository;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One webhook after the other, each until its commit is pushed. */
record Updates(String name, Repository.Others others, int updates) implements Case {

    /** The first ones stand for a start. */
    private static final int WARM = 3;

    private static final Duration BETWEEN = Duration.ofMillis(300);
    private static final Apps APP = new Apps("app", 1, 1, 1);

    @Override
    public String about() {
        return "a webhook that names its tag → the pushed commit" + Repositories.kind(others);
    }

    @Override
    public String size() {
        return Count.of(updates, "update") + ", " + Repositories.words(APP, others);
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps app = rig.declare(APP);
        Repository repository = rig.repository(app, others);
        Series series = new Series();
        try (Branch branch = rig.watch(repository)) {
            Tidemark tidemark = rig.start();
            var unused = rig.statuses().awaitSelected(app, app.firstTag(), Limits.EFFECT);
            Update update = new Update(rig, tidemark, app, repository, branch);
            for (int round = 0; round < WARM; round++) {
                var unusedStages = update.run(Apps.tag(round), new Series());
                Limits.rest(BETWEEN);
            }
            ProcessTree processes = tidemark.processes();
            Load.Requests before = rig.load().requests();
            double processorTime = processes.processorSeconds();
            List<Stages> stages = new ArrayList<>();
            for (int round = 0; round < updates; round++) {
                stages.add(update.run(Apps.tag(WARM + round), series));
                Limits.rest(BETWEEN);
            }
            series.add(
                    "CPU of an update and 0.3 s after it",
                    "s",
                    (processes.processorSeconds() - processorTime) / updates);
            Load.Requests requests = rig.load().requests().minus(before);
            series.add("registry requests an update", "", (double) requests.ofRegistry() / updates);
            series.add("RSS", "MiB", processes.residentMebibytes());
            series.percentile(95, "webhook → commit", "ms");
            series.percentile(99, "webhook → commit", "ms");
            try (History history = rig.history()) {
                for (Stages one : stages) {
                    one.into(series, history);
                }
            }
        }
        return series.measures();
    }
}

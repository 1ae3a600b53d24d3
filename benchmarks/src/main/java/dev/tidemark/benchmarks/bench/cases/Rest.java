package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.ProcessTree;
import dev.tidemark.benchmarks.bench.rig.Repository;
import dev.tidemark.benchmarks.bench.rig.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** All processes with 100 images when nothing happens. */
record Rest(Duration settle, Duration time) implements Case {

    private static final int APPS = 100;
    private static final int TAGS = 100;

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public String about() {
        return "all processes when nothing happens, broker included";
    }

    @Override
    public String size() {
        return APPS + " images of " + TAGS + " tags, " + time.toSeconds() + " s, " + settle.toSeconds()
                + " s after the last policy chose";
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps apps = rig.declare(new Apps("app", APPS, TAGS, 1));
        Repository unusedRepository = rig.repository(apps, Repository.Others.NONE);
        ProcessTree processes = rig.start().processes();
        var unused = rig.statuses().awaitSelected(apps, apps.firstTag(), Limits.EFFECT);
        Limits.rest(settle);
        double before = processes.processorSeconds();
        Limits.rest(time);
        Series series = new Series();
        series.add("CPU", "ms/s", (processes.processorSeconds() - before) * 1000 / time.toSeconds());
        series.add("RSS", "MiB", processes.residentMebibytes());
        return series.measures();
    }
}

package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Load;
import dev.tidemark.benchmarks.bench.rig.ProcessTree;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.util.List;

/** A first start with many images, until every policy has chosen. */
record ColdStart(String name, int images, int rounds) implements Case {

    static final int TAGS = 400;

    @Override
    public String about() {
        return "./tidemark up with many images and nothing remembered → every policy has chosen";
    }

    @Override
    public String size() {
        return images + " images of " + TAGS + " tags, " + Count.of(rounds, "start");
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps apps = rig.declare(new Apps("app", images, TAGS, 0));
        Series series = new Series();
        for (int round = 0; round < rounds; round++) {
            rig.forget();
            Load.Requests before = rig.load().requests();
            Tidemark tidemark = rig.start();
            long decided = rig.statuses().awaitSelected(apps, apps.firstTag(), Limits.START);
            ProcessTree processes = tidemark.processes();
            series.seconds("command → all decided", decided - tidemark.begun());
            series.seconds("command → ready", tidemark.startNanos());
            series.add("CPU until then", "s", processes.processorSeconds());
            series.add("RSS then", "MiB", processes.residentMebibytes());
            series.add("RSS at most", "MiB", processes.peakMebibytes());
            series.count(
                    "registry requests", rig.load().requests().minus(before).ofRegistry());
        }
        return series.measures();
    }
}

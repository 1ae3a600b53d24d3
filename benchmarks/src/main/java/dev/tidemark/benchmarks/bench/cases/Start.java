package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.util.List;

/** From the command to ready, with nothing declared and nothing remembered. */
record Start(int starts) implements Case {

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "./tidemark up on empty folders → ready";
    }

    @Override
    public String size() {
        return Count.of(starts, "start");
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Series series = new Series();
        for (int start = 0; start < starts; start++) {
            Tidemark tidemark = rig.start();
            series.millis("command → ready", tidemark.startNanos());
            series.add("CPU until ready", "s", tidemark.processes().processorSeconds());
            series.add("RSS when ready", "MiB", tidemark.processes().residentMebibytes());
            rig.forget();
        }
        return series.measures();
    }
}

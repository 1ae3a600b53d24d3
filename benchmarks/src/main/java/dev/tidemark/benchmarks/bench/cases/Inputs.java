package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.InputSet;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One of the inputs of a ResourceSet is edited, until the object of that input is another. */
record Inputs(int inputs, int edits) implements Case {

    private static final int WARM = 2;
    private static final Duration BETWEEN = Duration.ofMillis(1500);

    @Override
    public String name() {
        return "inputs";
    }

    @Override
    public String about() {
        return "one of many inputs of a ResourceSet changes in its manifest → its object";
    }

    @Override
    public String size() {
        return inputs + " inputs, " + Count.of(edits, "edit");
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        InputSet set = new InputSet(rig.manifests(), rig.state(), inputs);
        set.write(-1, "");
        Series series = new Series();
        Tidemark tidemark = rig.start();
        var unused = rig.await("all objects", Limits.START, () -> set.shows(inputs - 1, InputSet.FIRST));
        for (int edit = 0; edit < WARM + edits; edit++) {
            Limits.rest(BETWEEN);
            int input = edit * 7 % inputs;
            String value = "edit-" + edit;
            double processorTime = tidemark.processes().processorSeconds();
            long begin = System.nanoTime();
            set.write(input, value);
            long shown = rig.await("the object of an input", Limits.EFFECT, () -> set.shows(input, value));
            if (edit >= WARM) {
                series.millis("edit → object", shown - begin);
                series.add("CPU", "s", tidemark.processes().processorSeconds() - processorTime);
            }
        }
        series.add("RSS", "MiB", tidemark.processes().residentMebibytes());
        return series.measures();
    }
}

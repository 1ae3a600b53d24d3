package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** An image with many tags that is declared while Tidemark runs, until its policy has chosen. */
record FirstChoice(int tags, int rounds) implements Case {

    private static final Duration BETWEEN = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "tags-100k-first";
    }

    @Override
    public String about() {
        return "an image with many tags is declared → the policy's status shows its first choice";
    }

    @Override
    public String size() {
        return Count.of(rounds, "image") + " one after the other, of " + Count.of(tags, "tag");
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Series series = new Series();
        Apps warm = rig.declare(new Apps("small", 1, 1, 0));
        Tidemark tidemark = rig.start();
        var unused = rig.statuses().awaitSelected(warm, warm.firstTag(), Limits.EFFECT);
        for (int round = 0; round < rounds; round++) {
            Limits.rest(BETWEEN);
            double processorTime = tidemark.processes().processorSeconds();
            long begin = System.nanoTime();
            Apps app = rig.declare(new Apps("big" + round, 1, tags, 0));
            long decided = rig.statuses().awaitSelected(app, app.firstTag(), Limits.START);
            series.millis("declared → decided", decided - begin);
            series.add("CPU", "s", tidemark.processes().processorSeconds() - processorTime);
        }
        series.add("RSS at most", "MiB", tidemark.processes().peakMebibytes());
        return series.measures();
    }
}

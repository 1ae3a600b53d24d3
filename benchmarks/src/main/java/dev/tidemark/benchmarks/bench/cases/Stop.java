package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Repository;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** From the wish to end it to its end, when nothing is under way. */
record Stop(int stops) implements Case {

    private static final int APPS = 10;
    private static final int TAGS = 100;

    /** What a start leaves to be done is done. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public String about() {
        return "SIGTERM to ./tidemark up at rest → its processes have ended";
    }

    @Override
    public String size() {
        return APPS + " images of " + TAGS + " tags, " + Count.of(stops, "stop");
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps apps = rig.declare(new Apps("app", APPS, TAGS, 1));
        Repository unusedRepository = rig.repository(apps, Repository.Others.NONE);
        Series series = new Series();
        for (int stop = 0; stop < stops; stop++) {
            Tidemark tidemark = rig.start();
            var unused = rig.statuses().awaitSelected(apps, apps.firstTag(), Limits.EFFECT);
            Limits.rest(SETTLE);
            series.millis("signal → ended", tidemark.end());
            rig.stop();
        }
        return series.measures();
    }
}

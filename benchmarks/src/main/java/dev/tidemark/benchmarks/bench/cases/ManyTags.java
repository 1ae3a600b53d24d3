package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Load;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A webhook that names no tag, at an image with many: all pages are listed. */
record ManyTags(int tags, int rounds) implements Case {

    private static final int WARM = 2;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "tags-100k-webhook";
    }

    @Override
    public String about() {
        return "many known tags, a webhook that names none → the policy's status shows the new one";
    }

    @Override
    public String size() {
        return Count.of(tags, "tag") + ", " + Count.of(rounds, "round");
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps app = rig.declare(new Apps("big", 1, tags, 0));
        Series series = new Series();
        Tidemark tidemark = rig.start();
        var unused = rig.statuses().awaitSelected(app, app.firstTag(), Limits.START);
        for (int round = 0; round < WARM; round++) {
            round(rig, tidemark, app, round, new Series());
        }
        for (int round = WARM; round < WARM + rounds; round++) {
            Limits.rest(BETWEEN);
            round(rig, tidemark, app, round, series);
        }
        series.add("RSS", "MiB", tidemark.processes().residentMebibytes());
        return series.measures();
    }

    private static void round(Rig rig, Tidemark tidemark, Apps app, int round, Series series)
            throws IOException, InterruptedException {
        rig.load().push(app.name(0), Apps.tag(round));
        Load.Requests before = rig.load().requests();
        double processorTime = tidemark.processes().processorSeconds();
        long begin = System.nanoTime();
        Load.Answers answers = rig.load().send(List.of(app.namelessWebhook(tidemark, 0)));
        if (!answers.allTaken()) {
            throw new IOException("a webhook was answered " + answers.codes());
        }
        long decided = rig.statuses().awaitSelected(app, Apps.tag(round), Limits.EFFECT);
        series.millis("webhook → decided", decided - begin);
        series.add("CPU", "s", tidemark.processes().processorSeconds() - processorTime);
        series.count("pages listed", rig.load().requests().minus(before).lists());
    }
}

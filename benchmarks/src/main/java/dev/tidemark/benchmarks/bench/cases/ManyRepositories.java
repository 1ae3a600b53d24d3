package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Branch;
import dev.tidemark.benchmarks.bench.rig.Fleets;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Load;
import dev.tidemark.benchmarks.bench.rig.ProcessTree;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What twenty repositories take of the memory: each has a clone, and its markers in memory. */
record ManyRepositories(Duration settle) implements Case {

    private static final Fleets FLEETS = new Fleets(20, 500);

    @Override
    public String name() {
        return "repositories";
    }

    @Override
    public String about() {
        return "many repositories, each with an automation: memory after a commit to each, and when nothing happens";
    }

    @Override
    public String size() {
        return FLEETS.count() + " repositories of " + FLEETS.files() + " files, " + settle.toSeconds()
                + " s after the last commit";
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        List<Branch> branches = FLEETS.declare(rig);
        try {
            Tidemark tidemark = rig.start();
            FLEETS.awaitChosen(rig);
            Series series = new Series();
            ProcessTree processes = tidemark.processes();
            List<Load.Webhook> webhooks = FLEETS.push(rig, tidemark, "1.1.0");
            List<Branch.Change> before = branches.stream().map(Branch::newest).toList();
            long begin = System.nanoTime();
            Load.Answers answers = rig.load().send(webhooks);
            if (!answers.allTaken()) {
                throw new IOException("webhooks were answered " + answers.codes());
            }
            long last = begin;
            for (int fleet = 0; fleet < FLEETS.count(); fleet++) {
                last = Math.max(
                        last,
                        branches.get(fleet)
                                .next(before.get(fleet), Limits.EFFECT)
                                .nanos());
            }
            series.seconds("webhooks → the last commit", last - begin);
            series.add("RSS then", "MiB", processes.residentMebibytes());
            Limits.rest(settle);
            series.add("RSS at rest", "MiB", processes.residentMebibytes());
            return series.measures();
        } finally {
            branches.forEach(Branch::close);
        }
    }
}

package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Branch;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Load;
import dev.tidemark.benchmarks.bench.rig.ProcessTree;
import dev.tidemark.benchmarks.bench.rig.Repository;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A new tag of every app and a webhook for each, all at once. */
record Burst(String name, int automations, Repository.Others others, int rounds) implements Case {

    private static final int APPS = 100;
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    @Override
    public String about() {
        return "100 webhooks at once → the last of their tags is pushed; "
                + (automations == 1 ? "one automation" : automations + " automations on one branch")
                + Repositories.kind(others);
    }

    @Override
    public String size() {
        return Count.of(rounds, "round") + ", " + Repositories.words(apps(), others);
    }

    private Apps apps() {
        return new Apps("app", APPS, 1, automations);
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps apps = rig.declare(apps());
        Repository repository = rig.repository(apps, others);
        Series series = new Series();
        try (Branch branch = rig.watch(repository)) {
            Tidemark tidemark = rig.start();
            var unused = rig.statuses().awaitSelected(apps, apps.firstTag(), Limits.EFFECT);
            round(rig, tidemark, apps, repository, branch, 0, new Series());
            for (int round = 1; round <= rounds; round++) {
                Limits.rest(BETWEEN);
                round(rig, tidemark, apps, repository, branch, round, series);
            }
            series.add("RSS", "MiB", tidemark.processes().residentMebibytes());
        }
        return series.measures();
    }

    private static void round(
            Rig rig, Tidemark tidemark, Apps apps, Repository repository, Branch branch, int round, Series series)
            throws IOException, InterruptedException {
        String tag = Apps.tag(round);
        for (int app = 0; app < apps.count(); app++) {
            rig.load().push(apps.name(app), tag);
        }
        List<Load.Webhook> webhooks = IntStream.range(0, apps.count())
                .mapToObj(app -> apps.webhook(tidemark, app, tag))
                .toList();
        ProcessTree processes = tidemark.processes();
        Load.Requests requestsBefore = rig.load().requests();
        long pushesBefore = repository.pushes();
        double processorTime = processes.processorSeconds();
        Branch.Change before = branch.newest();

        long begin = System.nanoTime();
        Load.Answers answers = rig.load().send(webhooks);
        if (!answers.allTaken()) {
            throw new IOException("webhooks were answered " + answers.codes());
        }
        Branch.Change first = branch.next(before, Limits.EFFECT);
        Branch.Change last = first;
        while (repository.changed(before.commit(), last.commit()).size() < apps.count()) {
            last = branch.next(last, Limits.EFFECT);
        }
        series.seconds("webhooks → the last tag", last.nanos() - begin);
        series.seconds("webhooks → the first tag", first.nanos() - begin);
        series.seconds("webhooks → the last answer", answers.nanos());
        series.add("CPU of a burst", "s", processes.processorSeconds() - processorTime);
        series.count("commits", repository.commits(before.commit(), last.commit()));
        long taken = repository.pushes() - pushesBefore;
        Load.Requests requests = rig.load().requests().minus(requestsBefore);
        series.count("pushes", taken);
        series.count("failed pushes", requests.pushes() - taken);
        series.count("registry requests", requests.ofRegistry());
    }
}

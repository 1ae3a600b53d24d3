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

/** A burst, while somebody else pushes to the same branch all the time. */
record Contended(int rounds) implements Case {

    private static final Apps APPS = new Apps("app", 100, 1, 1);
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "contended";
    }

    @Override
    public String about() {
        return "100 webhooks at once → the last of their tags is pushed, while somebody else pushes to the branch every "
                + SomebodyElse.PAUSE.toMillis() + " ms";
    }

    @Override
    public String size() {
        return Count.of(rounds, "round") + ", " + Repositories.words(APPS, Repository.Others.NONE);
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps apps = rig.declare(APPS);
        Repository repository = rig.repository(apps, Repository.Others.NONE);
        Series series = new Series();
        try (Branch branch = rig.watch(repository)) {
            Tidemark tidemark = rig.start();
            var unused = rig.statuses().awaitSelected(apps, apps.firstTag(), Limits.EFFECT);
            round(rig, tidemark, repository, branch, 0, new Series());
            for (int round = 1; round <= rounds; round++) {
                Limits.rest(BETWEEN);
                round(rig, tidemark, repository, branch, round, series);
            }
        }
        return series.measures();
    }

    private static void round(
            Rig rig, Tidemark tidemark, Repository repository, Branch branch, int round, Series series)
            throws IOException, InterruptedException {
        String tag = Apps.tag(round);
        for (int app = 0; app < APPS.count(); app++) {
            rig.load().push(APPS.name(app), tag);
        }
        List<Load.Webhook> webhooks = IntStream.range(0, APPS.count())
                .mapToObj(app -> APPS.webhook(tidemark, app, tag))
                .toList();
        ProcessTree processes = tidemark.processes();
        double processorTime = processes.processorSeconds();
        Load.Requests before = rig.load().requests();
        Branch.Change begun = branch.newest();
        try (SomebodyElse other = new SomebodyElse(repository)) {
            Limits.rest(SomebodyElse.PAUSE);
            long begin = System.nanoTime();
            Load.Answers answers = rig.load().send(webhooks);
            if (!answers.allTaken()) {
                throw new IOException("webhooks were answered " + answers.codes());
            }
            Branch.Change last = branch.next(begun, Limits.EFFECT);
            while (written(repository, begun, last) < APPS.count()) {
                requireInTime(begin, written(repository, begun, last));
                last = branch.next(last, Limits.EFFECT);
            }
            series.seconds("webhooks → the last tag", last.nanos() - begin);
            series.add("CPU of a burst", "s", processes.processorSeconds() - processorTime);
            Load.Requests requests = rig.load().requests().minus(before);
            int theirs = repository.commitsOfSomebodyElse(begun.commit(), last.commit());
            series.count("commits", repository.commits(begun.commit(), last.commit()) - theirs);
            series.count("commits of somebody else meanwhile", theirs);
            series.count("times that the branch had moved before a push", requests.intents() - requests.pushes());
            int taken = other.stop();
            Limits.rest(SomebodyElse.PAUSE);
            series.count(
                    "commits of somebody else that were lost",
                    taken
                            - repository.commitsOfSomebodyElse(
                                    begun.commit(), branch.newest().commit()));
            series.count("tags that were lost", APPS.count() - written(repository, begun, branch.newest()));
        }
    }

    /** The branch moves also when Tidemark never gets its turn. */
    private static void requireInTime(long begin, long written) throws IOException {
        if (System.nanoTime() - begin > Limits.EFFECT.toNanos()) {
            throw new IOException("of " + APPS.count() + " tags " + written + " were pushed in "
                    + Limits.EFFECT.toSeconds() + " s: somebody else was always first");
        }
    }

    private static long written(Repository repository, Branch.Change before, Branch.Change after)
            throws IOException, InterruptedException {
        return repository.changed(before.commit(), after.commit()).stream()
                .filter(file -> !file.equals(Repository.THEIRS))
                .count();
    }
}

package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Load;
import dev.tidemark.benchmarks.bench.rig.Repository;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** {@code kill -9} in the middle of a burst and a start at once: nothing that was answered 200 is to be lost. */
record Kill(List<Duration> moments) implements Case {

    private static final int APPS = 100;
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String about() {
        return "kill -9 in a burst of 100 webhooks, and ./tidemark up at once";
    }

    @Override
    public String size() {
        return "a kill " + moments.stream().map(Duration::toMillis).toList() + " ms after the first answer";
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps apps = rig.declare(new Apps("app", APPS, 1, 1));
        Repository repository = rig.repository(apps, Repository.Others.NONE);
        Series series = new Series();
        Tidemark tidemark = rig.start();
        var unused = rig.statuses().awaitSelected(apps, apps.firstTag(), Limits.EFFECT);
        for (int round = 0; round < moments.size(); round++) {
            tidemark = round(rig, tidemark, apps, repository, round, series);
        }
        return series.measures();
    }

    private Tidemark round(Rig rig, Tidemark tidemark, Apps apps, Repository repository, int round, Series series)
            throws IOException, InterruptedException {
        String tag = Apps.tag(round);
        for (int app = 0; app < APPS; app++) {
            rig.load().push(apps.name(app), tag);
        }
        List<Load.Webhook> webhooks = IntStream.range(0, APPS)
                .mapToObj(app -> apps.webhook(tidemark, app, tag))
                .toList();
        CountDownLatch answering = new CountDownLatch(1);
        CompletableFuture<Load.Answers> answers =
                CompletableFuture.supplyAsync(() -> rig.load().send(webhooks, answering::countDown));
        answering.await();
        Limits.rest(moments.get(round));
        tidemark.kill();
        long killed = System.nanoTime();
        List<Integer> codes = answers.join().codes();
        Tidemark again = rig.start();
        List<Integer> answered = IntStream.range(0, APPS)
                .filter(app -> codes.get(app) == 200)
                .boxed()
                .toList();
        List<Integer> lost = await(repository, apps, answered, tag);
        series.seconds("kill → ready again", again.ready() - killed);
        series.seconds("ready again → the last tag", System.nanoTime() - again.ready());
        series.count("lost of those answered", lost.size());
        series.count("not answered", APPS - answered.size());
        if (answered.size() < APPS || !lost.isEmpty()) {
            // who gets no answer sends it again: the next round begins with everything known
            var unused = rig.load()
                    .send(IntStream.range(0, APPS)
                            .mapToObj(app -> apps.webhook(again, app, tag))
                            .toList());
            List<Integer> all =
                    await(repository, apps, IntStream.range(0, APPS).boxed().toList(), tag);
            if (!all.isEmpty()) {
                throw new IOException("tags did not come even when their webhooks were sent again: " + all);
            }
        }
        return again;
    }

    /** Waits for the tags of these apps on the branch, and gives those that did not come. */
    private static List<Integer> await(Repository repository, Apps apps, List<Integer> wanted, String tag)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + GIVE_UP.toNanos();
        while (true) {
            String all = repository.find(':' + tag + ' ');
            List<Integer> missing = wanted.stream()
                    .filter(app -> !all.contains(apps.file(app) + '\n'))
                    .toList();
            if (missing.isEmpty() || System.nanoTime() > deadline) {
                return missing;
            }
            Limits.rest(Duration.ofMillis(50));
        }
    }
}

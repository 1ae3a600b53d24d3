package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Load;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Statuses;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A start with many images in the log, and the news of a while.
 *
 * @param pushes of each image, after it was first listed
 */
record Restart(int images, int pushes, int restarts) implements Case {

    /** News of one look: so few that each tag is a record of its own, as from single pushes. */
    private static final int AT_ONCE = 50;

    /** Whatever a start sets off shows in this time. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String about() {
        return "an orderly stop and ./tidemark up on what is remembered → ready";
    }

    @Override
    public String size() {
        return images + " images of " + ColdStart.TAGS + " tags, each pushed " + pushes + " times since, "
                + Count.of(restarts, "restart");
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        Apps apps = rig.declare(new Apps("app", images, ColdStart.TAGS, 0));
        Tidemark first = rig.start();
        var unused = rig.statuses().awaitSelected(apps, apps.firstTag(), Limits.START);
        push(rig, first, apps);
        String newest = Apps.tag(pushes - 1);
        Series series = new Series();
        for (int restart = 0; restart < restarts; restart++) {
            rig.stop();
            Load.Requests before = rig.load().requests();
            Flips flips = Flips.watch(rig.statuses(), apps, newest);
            Tidemark tidemark = rig.start();
            series.seconds("command → ready", tidemark.startNanos());
            series.add("CPU until ready", "s", tidemark.processes().processorSeconds());
            series.add("RSS when ready", "MiB", tidemark.processes().residentMebibytes());
            Limits.rest(SETTLE);
            series.count(
                    "registry requests", rig.load().requests().minus(before).ofRegistry());
            series.count("flipped policies", flips.end());
        }
        return series.measures();
    }

    private void push(Rig rig, Tidemark tidemark, Apps apps) throws IOException, InterruptedException {
        List<Load.Webhook> all = IntStream.range(0, images)
                .mapToObj(app -> apps.namelessWebhook(tidemark, app))
                .toList();
        for (int from = 0; from < pushes; from += AT_ONCE) {
            int to = Math.min(pushes, from + AT_ONCE);
            for (int app = 0; app < images; app++) {
                for (int round = from; round < to; round++) {
                    rig.load().push(apps.name(app), Apps.tag(round));
                }
            }
            // more at once are refused, and not the subject
            for (int next = 0; next < images; next += AT_ONCE) {
                Load.Answers answers = rig.load().send(all.subList(next, Math.min(images, next + AT_ONCE)));
                if (!answers.allTaken()) {
                    throw new IOException("webhooks were answered " + answers.codes());
                }
            }
            var unused = rig.statuses().awaitSelected(apps, Apps.tag(to - 1), Limits.START);
        }
    }

    /** Policies that selected something else for a while. */
    private static final class Flips {

        private static final Duration GLANCE = Duration.ofMillis(500);

        private final Statuses statuses;
        private final List<String> steady = new ArrayList<>();
        private final String tag;
        private final Thread looking;
        private int flipped;
        private volatile boolean ending;

        private Flips(Statuses statuses, Apps apps, String tag) {
            this.statuses = statuses;
            this.tag = tag;
            IntStream.range(0, apps.count()).mapToObj(apps::name).forEach(steady::add);
            this.looking = Thread.ofPlatform().daemon().name("flips").start(this::look);
        }

        static Flips watch(Statuses statuses, Apps apps, String tag) {
            return new Flips(statuses, apps, tag);
        }

        private void look() {
            while (!ending) {
                glance();
                try {
                    Limits.rest(GLANCE);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private synchronized void glance() {
            steady.removeIf(policy -> {
                boolean other = !tag.equals(selected(policy));
                flipped += other ? 1 : 0;
                return other;
            });
        }

        private String selected(String policy) {
            try {
                return statuses.selected(policy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int end() throws InterruptedException {
            ending = true;
            looking.interrupt();
            looking.join();
            glance();
            synchronized (this) {
                return flipped;
            }
        }
    }
}

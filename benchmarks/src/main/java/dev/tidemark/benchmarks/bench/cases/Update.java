package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Branch;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Load;
import dev.tidemark.benchmarks.bench.rig.Repository;
import dev.tidemark.benchmarks.bench.rig.Rig;
import dev.tidemark.benchmarks.bench.rig.Tidemark;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** One update of the first app. */
record Update(Rig rig, Tidemark tidemark, Apps apps, Repository repository, Branch branch) {

    /** Returns what is known of its stages from outside. */
    Stages run(String tag, Series series) throws IOException, InterruptedException {
        rig.load().push(apps.name(0), tag);
        Branch.Change before = branch.newest();
        Instant sent = Instant.now();
        long begin = System.nanoTime();
        Load.Answers answers = rig.load().send(List.of(apps.webhook(tidemark, 0, tag)));
        if (!answers.allTaken()) {
            throw new IOException("a webhook was answered " + answers.codes());
        }
        Branch.Change pushed = branch.next(before, Limits.EFFECT);
        if (!repository.read(pushed.commit(), apps.file(0)).contains(':' + tag + ' ')) {
            throw new IOException("a push came without " + tag);
        }
        series.millis("webhook → commit", pushed.nanos() - begin);
        series.millis("webhook → answer", answers.nanos());
        return new Stages(pushed.commit(), sent, rig.load().newestPush(), sent.plusNanos(pushed.nanos() - begin));
    }
}

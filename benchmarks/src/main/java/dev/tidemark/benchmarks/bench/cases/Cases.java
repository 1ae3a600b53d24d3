package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.rig.Repository;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All cases, in the order in which they run. */
public final class Cases {

    private Cases() {}

    public static List<Case> of(Scale scale) {
        Repository.Others large = Repositories.large(scale);
        return List.of(
                new Start(scale.of(5, 2)),
                new Stop(scale.of(5, 2)),
                new Updates("update", Repository.Others.NONE, scale.of(40, 10)),
                new Updates("update-large", large, scale.of(12, 5)),
                new FirstUpdate(scale.of(5, 2)),
                new Burst("burst", 1, Repository.Others.NONE, scale.of(6, 2)),
                new Burst("burst-large", 1, large, scale.of(3, 1)),
                new Burst("automations", 10, Repository.Others.NONE, scale.of(3, 1)),
                new Contended(scale.of(3, 1)),
                // what a start took of the heap is given back within its first minute
                new ManyRepositories(Duration.ofSeconds(scale.of(90, 20))),
                new ManyTags(scale.of(100_000, 20_000), scale.of(12, 3)),
                new FirstChoice(scale.of(100_000, 20_000), scale.of(5, 2)),
                new ColdStart("cold-500", scale.of(500, 50), scale.of(3, 1)),
                new ColdStart("cold-2000", scale.of(2_000, 200), 1),
                new Restart(scale.of(500, 50), scale.of(300, 10), scale.of(3, 1)),
                // what a start took of the heap is given back within its first minute
                new Rest(Duration.ofSeconds(scale.of(90, 20)), Duration.ofSeconds(scale.of(60, 10))),
                new Inputs(1_000, scale.of(20, 5)),
                new ClusterReconcile(scale.of(100, 10), scale.of(20, 3)),
                // an interval long: each object is due once
                new ClusterThousand(scale.of(1_000, 50), Duration.ofSeconds(scale.of(300, 15))),
                new ClusterServices(Duration.ofSeconds(scale.of(120, 10))),
                new Kill(Stream.of(150, 400, 1000)
                        .limit(scale.of(3, 1))
                        .map(Duration::ofMillis)
                        .toList()));
    }
}

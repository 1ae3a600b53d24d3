package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.cluster.Cluster;
import dev.tidemark.benchmarks.bench.cluster.ClusterKind;
import dev.tidemark.benchmarks.bench.cluster.Requests;
import dev.tidemark.benchmarks.bench.cluster.Service;
import dev.tidemark.benchmarks.bench.cluster.StatusWatch;
import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.ClusterApps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.ProcessTree;
import dev.tidemark.benchmarks.bench.rig.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All-in-one in a cluster with many objects of each kind: a first start, and rest. */
record ClusterThousand(int count, Duration rest) implements Case {

    private static final String INTERVAL = "5m";
    private static final double SECONDS_A_MINUTE = 60;

    @Override
    public String name() {
        return "cluster-1000";
    }

    @Override
    public String about() {
        return "in a cluster: many objects of each of six kinds, a first start → all Ready, and rest";
    }

    @Override
    public String size() {
        return count + " of each kind, ten in a namespace, all intervals " + INTERVAL + ", " + rest.toSeconds()
                + " s at rest, 2 GiB by " + Service.limit();
    }

    @Override
    public Optional<String> missing() {
        return Cluster.missing();
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        ClusterApps apps = new ClusterApps(count, 10, INTERVAL);
        Series series = new Series();
        var unusedRepositories = apps.create(rig);
        try (Cluster cluster = Cluster.start(rig.root(), rig.folder().resolve("cluster"))) {
            for (String namespace : apps.namespaces()) {
                cluster.api().namespace(namespace);
            }
            cluster.api().create(apps.manifests(rig.load()));
            List<StatusWatch> watches = new ArrayList<>();
            for (ClusterKind kind : ClusterKind.values()) {
                watches.add(StatusWatch.begin(cluster.api(), kind));
            }
            Service service = cluster.allInOne();
            ProcessTree processes = service.processes();
            series.seconds("start → ready", service.awaitReady() - service.begun());
            long last = 0;
            for (StatusWatch watch : watches) {
                last = Math.max(last, watch.awaitReady(count, Limits.START));
            }
            series.seconds("start → all Ready", last - service.begun());
            series.add("CPU until then", "s", processes.processorSeconds());
            Requests start = cluster.requests();
            series.count("requests until then", start.all());
            series.count("of these writes", start.writes());
            series.add("RSS then", "MiB", processes.residentMebibytes());
            // what the start put off
            Limits.rest(rest.dividedBy(5));
            Requests before = cluster.requests();
            double processorTime = processes.processorSeconds();
            Limits.rest(rest);
            Requests asked = cluster.requests().minus(before);
            double minutes = rest.toSeconds() / SECONDS_A_MINUTE;
            series.add("requests a minute at rest", "", asked.all() / minutes);
            series.add("of these writes at rest", "", asked.writes() / minutes);
            series.add("CPU at rest", "ms/s", (processes.processorSeconds() - processorTime) * 1000 / rest.toSeconds());
            series.add("RSS at rest", "MiB", processes.residentMebibytes());
            series.add("RSS at most", "MiB", processes.peakMebibytes());
            watches.forEach(StatusWatch::close);
        }
        return series.measures();
    }
}

package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.cluster.Cluster;
import dev.tidemark.benchmarks.bench.cluster.ClusterKind;
import dev.tidemark.benchmarks.bench.cluster.Requests;
import dev.tidemark.benchmarks.bench.cluster.Service;
import dev.tidemark.benchmarks.bench.cluster.StatusWatch;
import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Branch;
import dev.tidemark.benchmarks.bench.rig.ClusterApps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All-in-one in a cluster: from a request for a run to the status that answers it, and what a tag costs the API server. */
record ClusterReconcile(int requests, int tags) implements Case {

    private static final int APPS = 10;
    private static final int WARM = 5;

    /** Statuses for which nobody waits come after two seconds. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "cluster-reconcile";
    }

    @Override
    public String about() {
        return "in a cluster: a request for a run → the status that answers; a tag → requests to the API server";
    }

    @Override
    public String size() {
        return APPS + " apps, " + requests + " requests of each kind, " + Count.of(tags, "tag") + ", 2 GiB by "
                + Service.limit();
    }

    @Override
    public Optional<String> missing() {
        return Cluster.missing();
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        ClusterApps apps = new ClusterApps(APPS, 1, "12h");
        Series series = new Series();
        var repository = apps.create(rig).getFirst();
        try (Cluster cluster = Cluster.start(rig.root(), rig.folder().resolve("cluster"));
                Branch branch = rig.watch(repository)) {
            for (String namespace : apps.namespaces()) {
                cluster.api().namespace(namespace);
            }
            cluster.api().create(apps.manifests(rig.load()));
            Service service = cluster.allInOne();
            var unused = service.awaitReady();
            for (ClusterKind kind : ClusterKind.values()) {
                if (kind != ClusterKind.RECEIVER) {
                    answers(cluster, apps, kind, series);
                }
            }
            Limits.rest(AFTERWARDS);
            for (int tag = 0; tag < WARM + tags; tag++) {
                Requests before = cluster.requests();
                Branch.Change head = branch.newest();
                rig.load().push(apps.name(0), Apps.tag(tag));
                long begin = System.nanoTime();
                var answered = rig.load().send(List.of(apps.webhook(service.webhooks(), 0, Apps.tag(tag))));
                if (!answered.allTaken()) {
                    throw new IOException("a webhook was answered " + answered.codes());
                }
                long pushed = branch.next(head, Limits.EFFECT).nanos();
                Limits.rest(AFTERWARDS);
                if (tag >= WARM) {
                    Requests asked = cluster.requests().minus(before);
                    series.millis("webhook → commit", pushed - begin);
                    series.count("requests a tag", asked.all());
                    series.count("of these writes", asked.writes());
                }
            }
            series.add("RSS", "MiB", service.processes().residentMebibytes());
        }
        return series.measures();
    }

    private void answers(Cluster cluster, ClusterApps apps, ClusterKind kind, Series series)
            throws IOException, InterruptedException {
        String quantity = kind.kind() + ": request → status";
        try (StatusWatch watch = StatusWatch.begin(cluster.api(), kind)) {
            String name = kind == ClusterKind.IMAGE_UPDATE_AUTOMATION ? apps.automation(0) : apps.name(0);
            for (int request = 0; request < WARM + requests; request++) {
                String token = kind + "-" + request;
                long begin = System.nanoTime();
                cluster.api().request(kind, apps.namespace(0), name, token);
                long answered = watch.awaitHandled(apps.namespace(0) + '/' + name, token, Limits.EFFECT);
                if (request >= WARM) {
                    series.millis(quantity, answered - begin);
                }
            }
            series.p99(quantity, "ms");
        }
    }
}

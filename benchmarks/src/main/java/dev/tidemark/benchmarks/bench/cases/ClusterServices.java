package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.cluster.Cluster;
import dev.tidemark.benchmarks.bench.cluster.Service;
import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.ClusterApps;
import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The four services in a cluster, each in its container's limit, with a broker beside them. */
record ClusterServices(Duration rest) implements Case {

    private static final int APPS = 100;

    @Override
    public String name() {
        return "cluster-services";
    }

    @Override
    public String about() {
        return "in a cluster: each of the four services, its start and its memory";
    }

    @Override
    public String size() {
        return APPS + " apps, all intervals 5m, " + rest.toSeconds() + " s at rest, 1 GiB each by " + Service.limit();
    }

    @Override
    public Optional<String> missing() {
        return Cluster.missing();
    }

    @Override
    public List<Measure> run(Rig rig) throws IOException, InterruptedException {
        ClusterApps apps = new ClusterApps(APPS, 1, "5m");
        Series series = new Series();
        var unusedRepositories = apps.create(rig);
        try (Cluster cluster = Cluster.start(rig.root(), rig.folder().resolve("cluster"))) {
            for (String namespace : apps.namespaces()) {
                cluster.api().namespace(namespace);
            }
            cluster.api().create(apps.manifests(rig.load()));
            String broker = cluster.broker();
            List<Service> services = new ArrayList<>();
            for (String module : Service.MODULES) {
                // one after the other: two cores are not to be shared by four starts
                Service service = cluster.service(module, broker);
                services.add(service);
                series.seconds(module + ": start → ready", service.awaitReady() - service.begun());
            }
            Limits.rest(rest);
            for (Service service : services) {
                series.add(service.name() + ": RSS", "MiB", service.processes().residentMebibytes());
                series.add(
                        service.name() + ": RSS at most",
                        "MiB",
                        service.processes().peakMebibytes());
            }
        }
        return series.measures();
    }
}

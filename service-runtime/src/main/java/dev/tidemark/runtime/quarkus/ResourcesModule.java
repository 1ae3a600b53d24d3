package dev.tidemark.runtime.quarkus;

import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.cluster.Cluster;
import dev.tidemark.flux.cluster.ClusterSettings;
import dev.tidemark.flux.delivery.AlertDelivery;
import dev.tidemark.flux.folder.FolderSource;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.flux.source.RunRequests;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.runtime.metrics.Meters;
import dev.tidemark.runtime.metrics.Metric;
import dev.tidemark.runtime.metrics.ObjectMetrics;
import dev.tidemark.runtime.status.NotificationLines;
import dev.tidemark.runtime.time.Scheduler;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives the services their resources and the place for status: one of each, also when all services share a JVM. */
@Singleton
public class ResourcesModule {

    @Produces
    @Singleton
    ResourcePorts ports(
            TidemarkConfig config,
            KubernetesConfig kubernetes,
            @ConfigProperty(name = "quarkus.application.name") String application,
            Clock clock,
            Scheduler scheduler) {
        return switch (config.resources()) {
            case FOLDER -> ResourcePorts.of(folder(config, clock, scheduler), config.state(), clock);
            case KUBERNETES -> ResourcePorts.of(cluster(kubernetes, application, clock, scheduler));
        };
    }

    private static FolderSource folder(TidemarkConfig config, Clock clock, Scheduler scheduler) {
        String searchPath = environment("PATH");
        var settings =
                new FolderSource.Settings(config.manifests(), config.state(), config.strictManifests(), searchPath);
        return FolderSource.open(settings, clock, task -> scheduler.start("folder-source", task));
    }

    private static Cluster cluster(KubernetesConfig config, String application, Clock clock, Scheduler scheduler) {
        var settings = new ClusterSettings(
                config.namespace().orElse(""), config.selector().orElse(""), config.takeOver(), config.eventsAddress());
        var identity = new Cluster.Identity(application, environment("HOSTNAME"));
        return Cluster.connect(settings, identity, clock, task -> scheduler.start("cluster", task));
    }

    private static String environment(String name) {
        return Objects.requireNonNullElse(System.getenv(name), "");
    }

    void close(@Disposes ResourcePorts ports) {
        ports.end().run();
    }

    /** For who has more to say to the cluster; empty for a folder. */
    @Produces
    @Singleton
    Optional<Cluster> cluster(ResourcePorts ports) {
        return ports.cluster();
    }

    @Produces
    @Singleton
    ResourceSource source(ResourcePorts ports, ObjectMetrics metrics) {
        return cache -> {
            metrics.declaredIn(cache);
            return ports.source().feed(cache);
        };
    }

    @Produces
    @Singleton
    SecretReader secrets(ResourcePorts ports) {
        return ports.secrets();
    }

    @Produces
    @Singleton
    RunRequests runs(ResourcePorts ports) {
        return ports.runs();
    }

    @Produces
    @Singleton
    StatusStore statuses(ResourcePorts ports) {
        return ports.statuses();
    }

    /** Not where Flux's notification-controller is told everything: it delivers. */
    @Produces
    @Singleton
    Optional<AlertDelivery> delivery(
            ResourcePorts ports,
            TidemarkConfig config,
            KubernetesConfig kubernetes,
            Clock clock,
            Scheduler scheduler,
            Meters meters) {
        if (ports.cluster().isPresent() && kubernetes.eventsAddress().isPresent()) {
            return Optional.empty();
        }
        var delivery = new AlertDelivery(
                new AlertDelivery.Ports(
                        ports.events(),
                        ports.source(),
                        ports.secrets(),
                        new NotificationLines(
                                (type, result) -> meters.count(
                                        Metric.NOTIFICATIONS,
                                        type,
                                        result.name().toLowerCase(Locale.ROOT)),
                                clock)),
                CrossNamespaceRefs.of(config.crossNamespaceRefs()),
                clock,
                environment("HOSTNAME"),
                task -> scheduler.start("notifications", task));
        delivery.start();
        return Optional.of(delivery);
    }

    void close(@Disposes Optional<AlertDelivery> delivery) {
        delivery.ifPresent(AlertDelivery::close);
    }

    @Produces
    @Singleton
    EventRecorder events(ResourcePorts ports, Optional<AlertDelivery> delivery) {
        return delivery.<EventRecorder>map(one -> one).orElse(ports.events());
    }
}

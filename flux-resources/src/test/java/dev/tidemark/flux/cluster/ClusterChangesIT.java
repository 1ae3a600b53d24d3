package dev.tidemark.flux.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.testkit.kube.ApiServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever looks at objects is told when to look again, and asks nothing meanwhile. */
class ClusterChangesIT {

    /** An API server that begins again on a busy machine takes its time. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static ApiServer server;

    private String namespace;

    @BeforeAll
    static void serve() {
        server = Connection.server();
    }

    @BeforeEach
    void begin() {
        namespace = server.namespace();
    }

    private static void count(ObjectView.Changes changes, AtomicInteger told) {
        try {
            while (true) {
                changes.await();
                told.incrementAndGet();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tellsOfEachChangeByItsWatch() throws InterruptedException {
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        AtomicInteger told = new AtomicInteger();
        try (Connection connection = Connection.of(server, namespace);
                ObjectView.Changes changes = new ClusterView(connection.api(), Clock.systemUTC())
                        .changes(List.of("ImageRepository", "ImagePolicy", "Unknown"), namespace)) {
            Thread listening = Thread.ofVirtual().start(() -> count(changes, told));
            server.admin().apply(Connection.repository("web", namespace, "6m"));
            await().atMost(LIMIT).until(() -> told.get() == 1);
            long before = connection.api().requests();
            server.kubectl("delete", "imagerepository", "web", "-n", namespace);
            await().atMost(LIMIT).until(() -> told.get() == 2);

            assertThat(connection.api().requests())
                    .as("nothing was asked for it")
                    .isEqualTo(before);
            server.restart();
            await().atMost(LIMIT).until(() -> told.get() >= 3);
            int after = told.get();
            server.admin().apply(Connection.repository("again", namespace, "5m"));
            await().atMost(LIMIT).until(() -> told.get() > after);
            listening.interrupt();
            listening.join();
        }
    }

    @Test
    void whoMayNotWatchLooksEveryNowAndThen() throws Exception {
        server.serviceAccount(namespace, "lister");
        server.kubectl(
                "create",
                "role",
                "lister",
                "-n",
                namespace,
                "--verb=get,list",
                "--resource=imagerepositories.image.toolkit.fluxcd.io");
        server.kubectl(
                "create",
                "rolebinding",
                "lister",
                "-n",
                namespace,
                "--role=lister",
                "--serviceaccount=" + namespace + ":lister");
        try (Connection connection = Connection.of(server.kubeconfig(namespace, "lister"), namespace);
                ObjectView.Changes changes = new ClusterView(connection.api(), Clock.systemUTC())
                        .changes(List.of("ImageRepository"), namespace)) {
            CompletableFuture<Void> twice = CompletableFuture.runAsync(() -> {
                try {
                    changes.await();
                    changes.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            await().atMost(LIMIT).until(twice::isDone);
        }
    }
}

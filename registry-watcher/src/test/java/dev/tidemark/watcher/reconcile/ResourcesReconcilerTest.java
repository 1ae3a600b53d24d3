package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourcesReconcilerTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0, new Random(1));

    private final World world = new World(3);
    private final List<String> heard = new ArrayList<>();
    private boolean faulty;

    private final ResourcesReconciler reconciler = new ResourcesReconciler(
            () -> ResourceSnapshot.EMPTY,
            List.of(
                    snapshot -> {
                        world.pause();
                        if (faulty) {
                            throw new IllegalStateException("no such luck");
                        }
                        heard.add("feeds");
                    },
                    snapshot -> heard.add("webhooks")));
    private final ReconcileLoop<String> loop = new ReconcileLoop<>(
            new ReconcileLoop.Settings(ResourcesReconciler.RESOURCES, 1, 1, BACKOFF),
            reconciler,
            world.replica("watcher"));

    @AfterEach
    void end() {
        world.end();
    }

    private void changed() {
        loop.submit(ResourcesReconciler.RESOURCES, Priority.ROUTINE);
    }

    /** The source's thread only says that there is a change; many of them are one more run. */
    @Test
    void nothingIsDoneOnTheSourcesThreadAndChangesCoalesce() {
        changed();
        changed();
        assertThat(heard).isEmpty();
        assertThat(world.step()).isTrue();
        for (int i = 0; i < 10; i++) {
            changed();
        }
        world.settle();
        assertThat(heard).containsExactly("feeds", "webhooks", "feeds", "webhooks");
    }

    @Test
    void whatFailsIsTriedAgainAndKeepsNobodyElse() {
        faulty = true;
        changed();
        world.settle();
        assertThat(heard).containsExactly("webhooks");
        faulty = false;
        world.pass(Duration.ofSeconds(2));
        assertThat(heard).containsExactly("webhooks", "feeds", "webhooks");
    }
}

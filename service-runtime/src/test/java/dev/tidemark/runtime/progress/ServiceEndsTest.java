package dev.tidemark.runtime.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceEndsTest {

    private final World world = new World(1);
    private final Scheduler scheduler = world.replica("one");
    private final List<String> told = new ArrayList<>();
    private final Progress progress = new Progress(scheduler, told::add);
    private final List<String> happened = new ArrayList<>();

    @AfterEach
    void end() {
        world.end();
    }

    @Test
    void atRestItSaysThatItStopsAndEndsAllServices() {
        end(new ServiceEnd("a", () -> happened.add("a")), new ServiceEnd("b", () -> happened.add("b")));

        world.settle();

        assertThat(told).containsExactly("stopping");
        assertThat(happened).containsExactlyInAnyOrder("a", "b", "all");
    }

    @Test
    void noServiceWaitsForAnother() {
        end(
                new ServiceEnd("slow", () -> wait(Duration.ofSeconds(5))),
                new ServiceEnd("quick", () -> happened.add("quick")));

        world.pass(Duration.ofSeconds(1));
        assertThat(happened).containsExactly("quick");

        world.pass(Duration.ofSeconds(4));
        assertThat(happened).containsExactly("quick", "all");
    }

    @Test
    void itSaysWhatIsWaitedForAndWhenThatIsSomethingElse() {
        Progress.Work push = progress.begin("a push to https://git.example/fleet");
        Progress.Work scan = progress.begin("scanning");
        var unused = scheduler.after(Duration.ofSeconds(2), scan::close);
        end(new ServiceEnd("git-committer", () -> {
            wait(Duration.ofSeconds(5));
            push.close();
        }));

        world.pass(Duration.ofSeconds(5));

        assertThat(told)
                .containsExactly(
                        "stopping: waiting for a push to https://git.example/fleet; scanning",
                        "stopping: waiting for a push to https://git.example/fleet");
        assertThat(happened).containsExactly("all");
    }

    @Test
    void oneThatCannotBeEndedKeepsNoOtherFromIt() {
        end(
                new ServiceEnd("broken", () -> {
                    throw new IllegalStateException("broken");
                }),
                new ServiceEnd("whole", () -> happened.add("whole")));

        world.settle();

        assertThat(happened).containsExactly("whole", "all");
    }

    private void end(ServiceEnd... services) {
        var unused = scheduler.start("end", () -> {
            try {
                new ServiceEnds(scheduler, progress).end(List.of(services));
                happened.add("all");
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void wait(Duration time) {
        try {
            var unused = scheduler.await(new java.util.concurrent.CompletableFuture<Void>(), time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}

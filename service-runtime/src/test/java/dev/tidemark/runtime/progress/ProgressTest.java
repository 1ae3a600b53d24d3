package dev.tidemark.runtime.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final World world = new World(1);
    private final List<String> told = new ArrayList<>();
    private final Progress progress = new Progress(world.replica("one"), told::add);

    @Test
    void whatIsDoneAtOnceIsNotTold() {
        try (Progress.Work work = progress.begin("cloning https://git.example/fleet")) {
            work.at("43 % of 120 objects");
            assertThat(progress.underWay()).containsExactly("cloning https://git.example/fleet: 43 % of 120 objects");
        }
        assertThat(told).isEmpty();
        assertThat(progress.underWay()).isEmpty();
    }

    @Test
    void whatTakesItsTimeIsToldAfterASecondAndThenEveryFive() {
        try (Progress.Work work = progress.begin("cloning")) {
            for (int percent = 0; percent < 100; percent++) {
                work.at(percent + " %");
                world.pass(Duration.ofMillis(100));
            }
        }
        assertThat(told).containsExactly("cloning: 10 %", "cloning: 60 %");
    }

    @Test
    void eachHasItsOwnTime() {
        try (Progress.Work first = progress.begin("first");
                Progress.Work second = progress.begin("second")) {
            world.pass(Duration.ofSeconds(1));
            first.at("1");
            second.at("2");
            assertThat(progress.underWay()).containsExactly("first: 1", "second: 2");
        }
        assertThat(told).containsExactly("first: 1", "second: 2");
    }

    /** A server that takes the connection and says no word. */
    @Test
    void whatSaysNothingIsToldOnce() {
        try (Progress.Work work = progress.begin("cloning")) {
            world.pass(Duration.ofSeconds(4));
            assertThat(told).isEmpty();
            world.pass(Duration.ofSeconds(60));
            assertThat(told).containsExactly(work.toString());
        }
    }

    @Test
    void whatHasEndedIsNotToldAnyMore() {
        progress.begin("cloning").close();
        world.pass(Duration.ofSeconds(60));
        assertThat(told).isEmpty();
    }
}

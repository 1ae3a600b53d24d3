package dev.tidemark.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluator.domain.HandOverWorld.Selection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A policy changes its image again and again, is deleted and comes back, while whoever declares it sees the edits late and
 * the partitions' tasks run when they like. In the end the selection of the last image is in force, and nobody has written
 * for the policy who had let go of it.
 */
class HandOverTest {

    private static final int SEEDS = 2_000;
    private static final int STEPS = 120;

    /** However many edits, in whatever hurry: the last one counts in the end. */
    @Test
    void theLastImagesSelectionIsInForceInTheEnd() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            var world = new HandOverWorld(random);
            for (int step = 0; step < STEPS; step++) {
                world.step(random.nextInt(20) == 0);
            }
            world.settle();
            assertThat(world.writtenAfterLettingGo()).as("seed %s", seed).isEmpty();
            assertThat(world.inForce()).as("seed %s", seed).isEqualTo(world.wanted());
        }
    }

    /** Who waits with the next edit until the last one is declared sees selections in one order only. */
    @Test
    void sequencesGrowWhenEachEditIsDeclaredBeforeTheNext() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            var world = new HandOverWorld(random);
            for (int edit = 0; edit < 6; edit++) {
                world.edit();
                world.declare();
                for (int step = 0; step < random.nextInt(STEPS); step++) {
                    world.step(false);
                }
                world.declare();
            }
            world.settle();
            List<Long> sequences = world.selections().stream()
                    .filter(one -> !one.isTombstone())
                    .map(Selection::sequence)
                    .toList();
            assertThat(sequences).as("seed %s", seed).isSorted().doesNotHaveDuplicates();
            assertThat(world.writtenAfterLettingGo()).as("seed %s", seed).isEmpty();
            assertThat(world.inForce()).as("seed %s", seed).isEqualTo(world.wanted());
        }
    }

    /** Otherwise these tests would say nothing. */
    @Test
    void withoutHandOverTheOldImageComesBack() {
        int wrong = 0;
        for (long seed = 0; seed < SEEDS && wrong == 0; seed++) {
            Random random = new Random(seed);
            var world = new HandOverWorld(random);
            world.loseHandOvers();
            for (int step = 0; step < STEPS; step++) {
                world.step(random.nextInt(20) == 0);
            }
            world.settle();
            wrong += world.inForce().equals(world.wanted()) ? 0 : 1;
        }
        assertThat(wrong).isPositive();
    }
}

package dev.tidemark.evaluator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.runtime.log.TopicScan;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewestOffsetsTest {

    private static final int SEEDS = 20;
    private static final int RECORDS = 20_000;

    @Test
    void saysWhatAMapSays() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int keys = 1 + random.nextInt(RECORDS);
            Map<String, Long> expected = new HashMap<>();
            String[] written = new String[RECORDS];
            NewestOffsets newest = new NewestOffsets(RECORDS);
            for (int offset = 0; offset < RECORDS; offset++) {
                written[offset] = "ghcr.io/my-org/my-app#|" + random.nextInt(keys);
                expected.put(written[offset], (long) offset);
                newest.note(written[offset], offset);
            }
            for (int offset = 0; offset < RECORDS; offset++) {
                assertThat(newest.isNewest(written[offset], offset))
                        .as("seed %d, offset %d", seed, offset)
                        .isEqualTo(expected.getOrDefault(written[offset], -1L) == offset);
            }
        }
    }

    @Test
    void whatWasNeverNotedIsNotTheNewest() {
        NewestOffsets newest = new NewestOffsets(1);

        assertThat(newest.isNewest("a", 0)).isFalse();
        newest.note("a", 7);
        assertThat(newest.isNewest("b", 7)).isFalse();
    }

    @Test
    void moreKeysThanThereIsRoomForAreAnError() {
        NewestOffsets newest = new NewestOffsets(2);
        newest.note("a", 0);
        newest.note("b", 1);
        newest.note("a", 2);

        assertThatThrownBy(() -> newest.note("c", 3))
                .isInstanceOf(TopicScan.TooMuchException.class)
                .hasMessageContaining("more than the 2 keys");
    }
}

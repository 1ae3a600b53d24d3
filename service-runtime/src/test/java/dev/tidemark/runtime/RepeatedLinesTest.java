package dev.tidemark.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedLinesTest {

    private final List<String> log = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private final RepeatedLines lines = new RepeatedLines(log::add, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void theSameIsSaidOnceAndThenCounted() {
        lines.say("event=a");
        lines.say("event=b");
        lines.say("event=a");
        lines.say("event=a");
        now = now.plus(RepeatedLines.PAUSE).minusMillis(1);
        lines.say("event=a");
        assertThat(log).containsExactly("event=a", "event=b");

        now = now.plusMillis(1);
        lines.say("event=a");
        lines.say("event=b");
        assertThat(log).containsExactly("event=a", "event=b", "event=a repeated=3", "event=b");

        now = now.plus(RepeatedLines.PAUSE);
        lines.say("event=a");
        assertThat(log).endsWith("event=a");
    }

    @Test
    void ofTooManyDifferentOnesTheOldestIsForgotten() {
        lines.say("first");
        IntStream.range(0, RepeatedLines.MAX_LINES).forEach(n -> lines.say("line " + n));
        lines.say("first");
        lines.say("line 5");

        assertThat(log).hasSize(RepeatedLines.MAX_LINES + 2).endsWith("first");
    }
}

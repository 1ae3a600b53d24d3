package dev.tidemark.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final List<String> told = new ArrayList<>();
    private final Waiting waiting = new Waiting(() -> now, told::add);

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void whatIsDoneWithinASecondIsNotTold() {
        Waiting.Part reading = waiting.reading("range.jsonl");
        pass(Duration.ofMinutes(1));
        reading.add(500);
        pass(Duration.ofMillis(999));
        reading.add(500);

        assertThat(told).isEmpty();
    }

    @Test
    void whatTakesLongerIsToldAfterASecondAndThenEveryFive() {
        Waiting.Part reading = waiting.reading("range.jsonl");
        reading.of(1_000_000);
        for (int second = 0; second < 9; second++) {
            reading.add(100_000);
            pass(Duration.ofSeconds(1));
        }

        assertThat(told)
                .containsExactly(
                        "reading range.jsonl: 200,000 records so far, of 1,000,000, some of which are read twice",
                        "reading range.jsonl: 700,000 records so far, of 1,000,000, some of which are read twice");
    }

    @Test
    void howMuchIsWrittenIsTold() throws IOException {
        try (OutputStream out = new CountedOutput(new ByteArrayOutputStream(), waiting.exporting())) {
            out.write(new byte[2_000]);
            pass(Duration.ofSeconds(1));
            out.write(new byte[2_000]);
        }

        assertThat(told).containsExactly("exporting: 4,000 bytes");
    }
}

package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MomentTest {

    @Test
    void nobodyReadsNanoseconds() {
        assertThat(Moment.of("2026-11-28T03:27:13.180570391Z")).isEqualTo("2026-11-28T03:27:13.180Z");
        assertThat(Moment.of("2026-11-28T03:27:13Z")).isEqualTo("2026-11-28T03:27:13Z");
        assertThat(Moment.of("")).isEmpty();
    }
}

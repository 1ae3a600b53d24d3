package dev.tidemark.benchmarks.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {

    @Test
    void withoutControlGroupsTheJvmIsToldWhatAContainerWouldHave() throws IOException {
        assertThat(MemoryLimit.FLAG.around(List.of("java", "-jar", "a.jar"), "a", 1_024))
                .containsExactly("java", "-XX:MaxRAM=1024m", "-jar", "a.jar");
    }
}

package dev.tidemark.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.error.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapTest {

    @ParameterizedTest
    @CsvSource({"25%,-XX:MaxRAMPercentage=25", "5%,-XX:MaxRAMPercentage=5", "512m,-Xmx512m", "2G,-Xmx2G"})
    void readsAShareOrASize(String text, String flag) {
        assertThat(Heap.of(text).flag()).isEqualTo(flag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0%", "100%", "512", "1.5g", "-1m", "2g -XX:OnError=sh", "much"})
    void refusesSomethingElseAndSaysWhatHelps(String text) {
        assertThatThrownBy(() -> Heap.of(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'" + text + "' in TIDEMARK_HEAP")
                .hasMessageContaining("25%")
                .hasMessageContaining("512m");
    }

    /** The JVM would end at its start, in words of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"1m", "8M", "63m"})
    void refusesWhatTheServicesCannotStartWith(String text) {
        assertThatThrownBy(() -> Heap.of(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'" + text + "' in TIDEMARK_HEAP is too little")
                .hasMessageContaining("at least 64m");
    }

    @Test
    void noPartOfTheHeapIsFixedAndWhoRunsOutOfItEnds() {
        assertThat(new Settings(List.of(), Map.of(), "")
                        .command("java", Path.of("/state"), Path.of("/services.jar"), Heap.DEFAULT))
                .contains("-XX:MaxRAMPercentage=25", "-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr")
                .noneMatch(flag -> flag.startsWith("-Xmx") || flag.startsWith("-Xmn"));
    }
}

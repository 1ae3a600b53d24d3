package dev.tidemark.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.tidemark.cli.error.UserError;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapTest {

    @ParameterizedTest
    @CsvSource({"25%,-XX:MaxRAMPercentage=25", "5%,-XX:MaxRAMPercentage=5", "512m,-Xmx512m", "2G,-Xmx2G"})
    void readsAShareOrASize(String text, String flag) {
        assertThat(Heap.of(text).flags()).containsExactly(flag);
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

    /** Where nothing is said, a JVM takes a quarter, unless JAVA_TOOL_OPTIONS says otherwise. */
    @Test
    void noPartOfTheHeapIsFixedAndWhoRunsOutOfItEnds() {
        assertThat(jvm(Heap.DEFAULT).command(List.of()))
                .contains("-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr")
                .noneMatch(flag -> flag.startsWith("-Xmx") || flag.startsWith("-Xmn") || flag.contains("MaxRAM"));
        assertThat(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .getVMOption("MaxRAMPercentage")
                        .getValue())
                .startsWith("25.0");
        assertThat(jvm(Heap.of("512m")).command(List.of())).contains("-Xmx512m");
    }

    private static Jvm jvm(Heap heap) {
        return new Jvm(
                "java", Path.of("/services.jar"), heap, new ClassCache(Path.of("/nothing-was-recorded.aot"), false));
    }
}

package dev.tidemark.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassCacheTest {

    private final Path file;

    ClassCacheTest(@TempDir Path folder) {
        this.file = folder.resolve("classes.aot");
    }

    @Test
    void isUsedWhereItIs() throws IOException {
        assertThat(new ClassCache(file, false).flags()).isEmpty();

        Files.writeString(file, "made");

        assertThat(new ClassCache(file, false).flags()).containsExactly("-XX:AOTCache=" + file);
    }

    /** Writing it down takes longer than an end does. */
    @Test
    void isRecordedByARunThatMayTakeItsTimeToEnd() {
        assertThat(new ClassCache(file, true).flags())
                .containsExactly("-XX:AOTMode=record", "-XX:AOTConfiguration=" + file);
        assertThat(new ClassCache(file, true).stopLimit()).isGreaterThan(new ClassCache(file, false).stopLimit());
    }

    /** The JVM itself decides what it takes: what it does not is neither an error nor a word. */
    @ParameterizedTest
    @ValueSource(strings = {"", "half of a cache, or another JDK's"})
    void oneThatCannotBeUsedIsPassedOver(String content) throws Exception {
        Files.writeString(file, content);
        Path jar = Path.of(ClassCache.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Jvm jvm = new Jvm(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                jar,
                Heap.DEFAULT,
                new ClassCache(file, false));
        List<String> command = jvm.command(List.of());
        List<String> flags = command.subList(0, command.indexOf("-jar"));

        Process process = new ProcessBuilder(
                        Stream.concat(flags.stream(), Stream.of("-version")).toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).doesNotContainIgnoringCase("error", "warning", "aot");
    }
}

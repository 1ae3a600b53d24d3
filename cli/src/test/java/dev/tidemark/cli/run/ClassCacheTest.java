package dev.tidemark.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
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

        String said = run(Stream.concat(flags.stream(), Stream.of("-version")).toList());

        assertThat(said).doesNotContainIgnoringCase("error", "warning", "aot");
    }

    /** With other flags than those of the run the JVM would take the classes and link each of them anew. */
    @Test
    void whatARunRecordedIsLinkedAheadForTheNext(@TempDir Path home) throws Exception {
        Installation installation = new Installation(home);
        Path jar = home.resolve("all-in-one/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        writeProgram(jar);
        Path recorded = home.resolve("recorded");
        Jvm next = Jvm.of(installation);
        Jvm first = new Jvm(next.java(), jar, Heap.DEFAULT, new ClassCache(recorded, true));

        run(first.command(List.of()));
        ClassCache.make(installation, recorded);

        assertThat(run(Jvm.of(installation).command(List.of("-Xlog:aot:stdout"))))
                .contains("Using AOT-linked classes: true");
    }

    /** What is started in place of the services. */
    static final class Program {

        private Program() {}

        static void main() {
            Stream.of("one").forEach(System.out::println);
        }
    }

    private static void writeProgram(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        String resource = Program.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream program = Program.class.getClassLoader().getResourceAsStream(resource)) {
            out.putNextEntry(new ZipEntry(resource));
            Objects.requireNonNull(program).transferTo(out);
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}

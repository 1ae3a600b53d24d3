package dev.tidemark.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir
    private Path folder;

    @Test
    void makesFilesThatOnlyTheUserReadsWhateverTheMaskWas() throws IOException {
        int before = PrivateFiles.mask(0).orElseThrow();
        try {
            assertThat(PrivateFiles.only()).hasValue(0);
            Path made = Files.createDirectories(folder.resolve("state/status"));
            assertThat(mode(made)).isEqualTo("rwx------");
            assertThat(mode(folder.resolve("state"))).isEqualTo("rwx------");
            assertThat(mode(Files.writeString(made.resolve("a.yaml"), "a"))).isEqualTo("rw-------");
        } finally {
            assertThat(PrivateFiles.mask(before)).hasValue(0077);
        }
    }

    @Test
    void tightensWhatIsOlderAndLeavesLinksAndWhatTheyPointToAlone() throws IOException {
        Path outside = open(Files.writeString(folder.resolve("outside"), "x"), "rw-r--r--");
        Path state = open(Files.createDirectory(folder.resolve("state")), "rwxr-xr-x");
        Path logs = open(Files.createDirectory(state.resolve("logs")), "rwxrwxrwx");
        Path log = open(Files.writeString(logs.resolve("tidemark.log"), "x"), "rw-rw-r--");
        Path tight = open(Files.writeString(state.resolve("token"), "x"), "r--------");
        Files.createSymbolicLink(state.resolve("link"), outside);

        assertThat(PrivateFiles.tighten(state)).isEqualTo(3);

        assertThat(Stream.of(state, logs, log, tight, outside).map(PrivateFilesTest::mode))
                .containsExactly("rwx------", "rwx------", "rw-------", "r--------", "rw-r--r--");
        assertThat(PrivateFiles.tighten(state)).isZero();
    }

    private static Path open(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

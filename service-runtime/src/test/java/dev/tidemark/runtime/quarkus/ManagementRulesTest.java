package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementRulesTest {

    @TempDir
    private Path folder;

    private ManagementRules.Verdict on(String method, String path, String host, String from, String authorization)
            throws IOException {
        ManagementRules rules =
                new ManagementRules(ManagementToken.in(folder.resolve("token")), Set.of("tidemark.example"));
        return rules.on(new ManagementRules.Asked(method, path, host, from, "10.0.0.7", authorization));
    }

    private String token() throws IOException {
        return "Bearer " + Files.readString(folder.resolve("token")).strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.9.8.7", "[::1]", "10.0.0.7", "Tidemark.example"})
    void answersUnderItsOwnNames(String host) throws IOException {
        assertThat(on("GET", "/policy-evaluator/control", host, "127.0.0.1", ""))
                .isEqualTo(ManagementRules.Verdict.ANSWERED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.8", "0.0.0.0"})
    void answersUnderNoOtherEvenWithTheToken(String host) throws IOException {
        assertThat(on("GET", "/q/health", host, "127.0.0.1", "")).isEqualTo(ManagementRules.Verdict.FOREIGN_NAME);
        assertThat(on("POST", "/policy-evaluator/control", host, "127.0.0.1", token()))
                .isEqualTo(ManagementRules.Verdict.FOREIGN_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "post"})
    void whateverChangesSomethingWantsTheToken(String method) throws IOException {
        assertThat(on(method, "/anything", "localhost", "127.0.0.1", "")).isEqualTo(ManagementRules.Verdict.UNPROVED);
        assertThat(on(method, "/q/health", "localhost", "127.0.0.1", "")).isEqualTo(ManagementRules.Verdict.UNPROVED);
        assertThat(on(method, "/anything", "localhost", "127.0.0.1", token()))
                .isEqualTo(ManagementRules.Verdict.ANSWERED);
    }

    @ParameterizedTest
    @CsvSource({
        "/q/health, ANSWERED",
        "/q/health/ready, ANSWERED",
        "/q/healthy, UNPROVED",
        "/policy-evaluator/control, UNPROVED",
        "/policy-evaluator/replay, UNPROVED"
    })
    void fromAnotherMachineHealthAloneIsFree(String path, ManagementRules.Verdict verdict) throws IOException {
        assertThat(on("GET", path, "10.0.0.7", "10.0.0.9", "")).isEqualTo(verdict);
        assertThat(on("GET", path, "10.0.0.7", "10.0.0.9", token())).isEqualTo(ManagementRules.Verdict.ANSWERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer x", "Basic x", "bearer"})
    void anythingElseIsNoToken(String authorization) throws IOException {
        assertThat(on("POST", "/x", "localhost", "127.0.0.1", authorization))
                .isEqualTo(ManagementRules.Verdict.UNPROVED);
    }

    @Test
    void theTokenIsForItsOwnerAndStays() throws IOException {
        Path file = folder.resolve("deep/management.token");
        ManagementToken first = ManagementToken.in(file);
        String text = Files.readString(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(text.strip()).matches("[0-9a-f]{64}");
        assertThat(ManagementToken.in(file).isIn("Bearer " + text.strip())).isTrue();
        assertThat(first.isIn("Bearer " + text.strip())).isTrue();
        assertThat(first.toString()).doesNotContain(text.strip());
        assertThat(folder.resolve("deep")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void aFileThatOthersCouldReadIsClosed() throws IOException {
        Path file = folder.resolve("token");
        Files.writeString(file, "given-by-a-mounted-secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(ManagementToken.in(file).isIn("Bearer given-by-a-mounted-secret"))
                .isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}

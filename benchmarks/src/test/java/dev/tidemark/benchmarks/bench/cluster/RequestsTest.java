package dev.tidemark.benchmarks.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {

    private static String line(String verb, String object) {
        return "{\"kind\":\"Event\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/apis/x\",\"verb\":\"" + verb
                + "\",\"user\":{\"username\":\"tidemark\"},\"objectRef\":{" + object + "},\"code\":200}";
    }

    @Test
    void countsWhatTheAuditLogHasByVerbAndResource(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("audit.log");
        String status = "\"resource\":\"imagepolicies\",\"namespace\":\"a\",\"name\":\"b\",\"subresource\":\"status\"";
        Files.write(log, List.of(line("get", "\"resource\":\"secrets\",\"namespace\":\"a\""), line("patch", status)));
        Requests before = Requests.read(log);
        assertThat(before.counts()).isEqualTo(Map.of("get secrets", 1L, "patch imagepolicies/status", 1L));
        assertThat(before.all()).isEqualTo(2);
        assertThat(before.writes()).isEqualTo(1);

        Files.write(
                log,
                List.of(
                        line("get", "\"resource\":\"secrets\""),
                        line("patch", status),
                        line("patch", status),
                        line("create", "\"resource\":\"events\"")));
        Requests since = Requests.read(log).minus(before);
        assertThat(since.counts()).isEqualTo(Map.of("create events", 1L, "patch imagepolicies/status", 1L));
        assertThat(since.writes()).isEqualTo(2);
    }
}

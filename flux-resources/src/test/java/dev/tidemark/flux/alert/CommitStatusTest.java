package dev.tidemark.flux.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.status.EventRecorder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitStatusTest {

    @ParameterizedTest
    @CsvSource({
        "Succeeded, succeeded",
        "GitOperationFailed, git operation failed",
        "HTTPError, http error",
        "Step2Done, step 2 done",
    })
    void saysTheReasonInWords(String reason, String words) {
        assertThat(CommitStatus.of(event(reason, "commit", Told.COMMIT), "0f1e-2d3c"))
                .contains(new CommitStatus(Told.COMMIT, true, "imageupdateautomation/fleet/0f1e", words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"main@sha1:", "main/", ""})
    void findsTheCommit(String before) {
        assertThat(CommitStatus.of(event("Succeeded", "revision", before + Told.COMMIT), "u"))
                .hasValueSatisfying(status -> assertThat(status.commit()).isEqualTo(Told.COMMIT));
    }

    @ParameterizedTest
    @CsvSource({"Succeeded, commit, v1.2.3", "Succeeded, digest, x", "Progressing, commit, " + Told.COMMIT})
    void saysNothingWithoutOne(String reason, String key, String value) {
        assertThat(CommitStatus.of(event(reason, key, value), "u")).isEmpty();
    }

    private static FluxEvent event(String reason, String key, String value) {
        FluxEvent recorded = FluxEvent.of(
                Told.automation(), EventRecorder.Type.NORMAL, reason, "pushed", Map.of(key, value), Told.NOW, "");
        return FormatsTest.told(recorded);
    }
}

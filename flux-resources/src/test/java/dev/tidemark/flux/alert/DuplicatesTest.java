package dev.tidemark.flux.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.status.EventRecorder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DuplicatesTest {

    private final Duplicates duplicates = new Duplicates();

    @Test
    void theSameIsToldOnceInFiveMinutes() {
        assertThat(duplicates.isNew(Told.failed("down"), Told.NOW)).isTrue();
        assertThat(duplicates.isNew(Told.failed("down"), Told.NOW.plusSeconds(299)))
                .isFalse();
        assertThat(duplicates.isNew(Told.failed("down"), Told.NOW.plusSeconds(300)))
                .isTrue();
        assertThat(duplicates.isNew(Told.failed("down"), Told.NOW.plusSeconds(599)))
                .isFalse();
        assertThat(Duplicates.QUIET).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void anythingElseIsToldAtOnce() {
        assertThat(duplicates.isNew(Told.failed("down"), Told.NOW)).isTrue();
        assertThat(duplicates.isNew(Told.failed("away"), Told.NOW)).isTrue();
        assertThat(duplicates.isNew(pushed("Succeeded", "a"), Told.NOW)).isTrue();
        assertThat(duplicates.isNew(pushed("Succeeded", "b"), Told.NOW)).isTrue();
        assertThat(duplicates.isNew(pushed("Done", "b"), Told.NOW)).isTrue();
        assertThat(duplicates.isNew(pushed("Succeeded", "a"), Told.NOW)).isFalse();
    }

    private static FluxEvent pushed(String reason, String commit) {
        return FluxEvent.of(
                Told.automation(), EventRecorder.Type.NORMAL, reason, "pushed", Map.of("commit", commit), Told.NOW, "");
    }
}

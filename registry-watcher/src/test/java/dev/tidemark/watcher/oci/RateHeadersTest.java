package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.watcher.domain.budget.ToldLimit;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateHeadersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static @Nullable ToldLimit read(String... headers) {
        Map<String, List<String>> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return RateHeaders.read(HttpHeaders.of(all, (name, value) -> true), NOW);
    }

    @Test
    void asDockerHubWritesThem() {
        assertThat(read("ratelimit-limit", "100;w=21600", "ratelimit-remaining", "76;w=21600"))
                .isEqualTo(new ToldLimit(100, 76, null, Duration.ofHours(6)));
    }

    @Test
    void withAResetInSecondsOrAsATime() {
        assertThat(read("X-RateLimit-Limit", "60", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "30"))
                .isEqualTo(new ToldLimit(60, 0, Duration.ofSeconds(30), null));
        String time = Long.toString(NOW.plusSeconds(90).getEpochSecond());
        assertThat(read("RateLimit-Limit", "60", "RateLimit-Remaining", "5", "RateLimit-Reset", time))
                .isEqualTo(new ToldLimit(60, 5, Duration.ofSeconds(90), null));
        assertThat(read("RateLimit-Remaining", "5", "RateLimit-Reset", "1000000000"))
                .isEqualTo(new ToldLimit(0, 5, null, null));
    }

    @Test
    void asTheNewestDraftWritesThem() {
        assertThat(read("RateLimit", "\"default\";r=50;t=30", "RateLimit-Policy", "\"default\";q=100;w=60"))
                .isEqualTo(new ToldLimit(100, 50, Duration.ofSeconds(30), null));
    }

    @Test
    void whatNobodyKnowsIsNothing() {
        for (String strange : List.of("", "many", "-1", "1e3", "99999999999999999999", "٣")) {
            assertThat(read("RateLimit-Remaining", strange)).as(strange).isNull();
        }
        assertThat(read()).isNull();
        assertThat(read("RateLimit", "5")).isNull();
    }
}

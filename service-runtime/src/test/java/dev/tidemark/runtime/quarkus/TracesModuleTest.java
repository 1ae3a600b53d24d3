package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.runtime.time.ThreadScheduler;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracesModuleTest {

    private final ThreadScheduler scheduler = new ThreadScheduler(Clock.systemUTC());

    private record Config(Optional<URI> endpoint, Optional<String> headers) implements TracesConfig {}

    private TracesModule module(String endpoint) {
        return new TracesModule(
                new Config(Optional.of(endpoint).filter(one -> !one.isEmpty()).map(URI::create), Optional.empty()),
                scheduler,
                "1.2.3");
    }

    @AfterEach
    void end() {
        scheduler.close();
    }

    /** Nobody hears of facts for it. */
    @Test
    void whereNobodyWantsTracesThereIsNothing() {
        assertThat(module("").facts()).isEmpty();
        assertThat(module("").steps()).isEmpty();
        assertThat(module("http://collector:4318").facts()).isPresent();
    }

    @Test
    void whatIsNoCollectorsAddressIsSaidAtTheStart() {
        assertThatThrownBy(() -> module("collector:4318"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OTEL_EXPORTER_OTLP_ENDPOINT")
                .hasMessageContaining("http://HOST:4318");
    }
}

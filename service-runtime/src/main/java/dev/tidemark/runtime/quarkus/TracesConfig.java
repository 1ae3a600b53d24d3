package dev.tidemark.runtime.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Whether traces are sent, and where to. */
@ConfigMapping(prefix = "tidemark.traces")
public interface TracesConfig {

    /**
     * A collector of OpenTelemetry that takes OTLP over HTTP, such as {@code http://collector:4318}: spans go, as JSON, to
     * {@code /v1/traces} below it. By default what {@code OTEL_EXPORTER_OTLP_ENDPOINT} says; without either nothing is sent.
     */
    @WithDefault("${otel.exporter.otlp.endpoint:}")
    Optional<URI> endpoint();

    /**
     * What else to say to it, {@code NAME=VALUE,NAME=VALUE} with values as in a URL; a token for example. By default what
     * {@code OTEL_EXPORTER_OTLP_HEADERS} says.
     */
    @WithDefault("${otel.exporter.otlp.headers:}")
    Optional<String> headers();
}

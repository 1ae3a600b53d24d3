package dev.tidemark.runtime.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Spans as a collector takes them: <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP in
 * JSON</a>, a resource for each service.
 */
record OtlpJson(String version) {

    private static final JsonMapper JSON = new JsonMapper();

    /** {@code SPAN_KIND_INTERNAL}, which says least. */
    private static final int INTERNAL = 1;

    private static final int STATUS_ERROR = 2;

    String of(List<Span> spans) {
        Map<String, List<Span>> byService =
                spans.stream().collect(Collectors.groupingBy(Span::service, LinkedHashMap::new, Collectors.toList()));
        List<Object> resources = new ArrayList<>();
        byService.forEach((service, some) -> resources.add(Map.of(
                "resource",
                Map.of("attributes", resource(service)),
                "scopeSpans",
                List.of(Map.of(
                        "scope",
                        Map.of("name", "dev.tidemark", "version", version),
                        "spans",
                        some.stream().map(OtlpJson::span).toList())))));
        try {
            return JSON.writeValueAsString(Map.of("resourceSpans", resources));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    private List<Object> resource(String service) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("service.name", service);
        named.put("service.namespace", "tidemark");
        named.put("service.version", version);
        return attributes(named);
    }

    private static Map<String, Object> span(Span span) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("traceId", span.context().trace());
        json.put("spanId", span.context().span());
        if (span.parent() != null) {
            json.put("parentSpanId", span.parent());
        }
        json.put("name", span.name());
        json.put("kind", INTERNAL);
        json.put("startTimeUnixNano", nanos(span.begin()));
        json.put("endTimeUnixNano", nanos(span.end()));
        Map<String, String> named = new LinkedHashMap<>();
        span.attributes().forEach((key, value) -> named.put("tidemark." + key, value));
        json.put("attributes", attributes(named));
        if (span.fault() != null) {
            json.put("status", Map.of("code", STATUS_ERROR, "message", span.fault()));
        }
        return json;
    }

    private record Attribute(String key, Map<String, String> value) {}

    private static List<Object> attributes(Map<String, String> named) {
        List<Object> all = new ArrayList<>();
        named.forEach((key, value) -> all.add(new Attribute(key, Map.of("stringValue", value))));
        return all;
    }

    /** Numbers of 64 bits are texts in protobuf's JSON. */
    private static String nanos(Instant time) {
        return Long.toString(Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano()));
    }
}

package dev.tidemark.runtime.trace;

import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.RepeatedLines;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.time.Scheduler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Sends spans to a collector, some at a time, and never has anybody wait: what there is no room for is lost, and said. A
 * collector that is away is tried again with what there is room for. For any thread.
 */
public final class SpanSender implements AutoCloseable {

    /** OpenTelemetry's own: some minutes of a large installation whose collector restarts. */
    static final int MAX_WAITING = 2_048;

    /** OpenTelemetry's own: below what collectors take in one request. */
    static final int MAX_SENT = 512;

    /** Somebody who looks at a trace just made waits no longer; at rest nothing is sent. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** Between two tries while the collector is away. */
    static final Duration RETRY = Duration.ofSeconds(10);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** At the end of the process somebody waits for it. */
    private static final Duration LAST_LIMIT = Duration.ofMillis(500);

    /** By OTLP: the others mean that the same will never be taken. */
    private static final Set<Integer> WORTH_A_RETRY = Set.of(429, 502, 503, 504);

    private static final System.Logger LOG = System.getLogger(SpanSender.class.getName());

    private final Target target;
    private final OtlpJson json;
    private final Scheduler scheduler;
    private final HttpClient http;
    private final RepeatedLines lines;
    private final FactSpans facts;
    private final LinkedBlockingQueue<Span> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private boolean planned;
    private boolean closed;

    /**
     * Where to.
     *
     * @param traces the whole address, as a rule {@code http://HOST:4318/v1/traces}
     * @param headers what else to say, a token for example
     */
    public record Target(URI traces, Map<String, String> headers) {

        /**
         * Of a collector.
         *
         * @param endpoint without the path of traces
         * @param headers {@code NAME=VALUE,NAME=VALUE}, values as in a URL
         * @throws IllegalArgumentException with the remedy, for what is none
         */
        public static Target of(URI endpoint, String headers) {
            boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
            if (!web || endpoint.getHost() == null) {
                throw new IllegalArgumentException(
                        "tidemark.traces.endpoint (OTEL_EXPORTER_OTLP_ENDPOINT) is no address"
                                + " of a collector: write http://HOST:4318");
            }
            String base = endpoint.toString();
            return new Target(
                    URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/traces"),
                    parse(headers));
        }

        private static Map<String, String> parse(String headers) {
            Map<String, String> parsed = new LinkedHashMap<>();
            for (String header : headers.isBlank() ? new String[0] : headers.split(",", -1)) {
                int equals = header.indexOf('=');
                String name = equals < 0 ? "" : header.substring(0, equals).strip();
                if (name.isEmpty()) {
                    throw odd();
                }
                parsed.put(name, decoded(header.substring(equals + 1).strip()));
            }
            return parsed;
        }

        private static String decoded(String value) {
            try {
                return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw odd();
            }
        }

        /** Without a word of them: they are secrets as a rule. */
        private static IllegalArgumentException odd() {
            return new IllegalArgumentException("tidemark.traces.headers (OTEL_EXPORTER_OTLP_HEADERS) cannot be read:"
                    + " write NAME=VALUE,NAME=VALUE, with values as in a URL");
        }

        /** Neither logins nor tokens. */
        @Override
        public String toString() {
            return traces.getScheme() + "://" + traces.getHost() + (traces.getPort() < 0 ? "" : ":" + traces.getPort());
        }
    }

    /** @param version of this build */
    public SpanSender(Target target, String version, Scheduler scheduler) {
        this.target = target;
        this.json = new OtlpJson(version);
        this.scheduler = scheduler;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
        this.lines = new RepeatedLines(line -> LOG.log(Level.WARNING, line), scheduler.clock());
        this.facts = new FactSpans(this::add, scheduler.clock());
    }

    /** What has the facts of a process sent as spans. */
    public LogListener facts() {
        return facts;
    }

    /** What has the steps to its facts sent below them. */
    public Steps steps() {
        return facts;
    }

    private void add(Span span) {
        if (waiting.offer(span)) {
            plan(PAUSE);
        } else {
            lines.say(LogKeys.line(
                    "spans-lost", LogKeys.REASON, MAX_WAITING + " spans wait for the collector at " + target));
        }
    }

    private synchronized void plan(Duration in) {
        if (!planned && !closed) {
            planned = true;
            scheduler.after(in, () -> {
                var unused = scheduler.start("spans", this::work);
            });
        }
    }

    private void work() {
        boolean taken = send(LIMIT);
        synchronized (this) {
            planned = false;
        }
        if (!waiting.isEmpty()) {
            plan(taken ? PAUSE : RETRY);
        }
    }

    /** @return whether the collector is there */
    private boolean send(Duration limit) {
        List<Span> batch = new ArrayList<>();
        while (waiting.drainTo(batch, MAX_SENT) > 0) {
            if (!send(batch, limit)) {
                // in another order, which nobody minds
                batch.forEach(waiting::offer);
                return false;
            }
            batch.clear();
        }
        return true;
    }

    private boolean send(List<Span> batch, Duration limit) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.traces())
                .timeout(limit)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.of(batch)));
        target.headers().forEach(request::setHeader);
        try {
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                failed("it answers " + status);
            }
            return !WORTH_A_RETRY.contains(status);
        } catch (IOException away) {
            failed("it does not answer" + (away.getMessage() == null ? "" : " (" + away.getMessage() + ')')
                    + "; it has to take OTLP over HTTP, as a rule at port 4318");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void failed(String why) {
        lines.say(LogKeys.line("spans-not-sent", LogKeys.REASON, "the collector at " + target + ": " + why));
    }

    /** Sends what waits, unless the collector is away. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        send(LAST_LIMIT);
        http.shutdownNow();
    }
}

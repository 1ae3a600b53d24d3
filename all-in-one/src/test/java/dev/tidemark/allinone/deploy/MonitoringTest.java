package dev.tidemark.allinone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.allinone.BrokerResource;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlReader;
import dev.tidemark.runtime.metrics.Metric;
import dev.tidemark.testkit.Tools;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is served, and whether rules and dashboard read nothing else. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class MonitoringTest {

    private static final Path MONITORING = Manifests.ROOT.resolve("deploy/monitoring");

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final Pattern MEASURE = Pattern.compile("\\b(?:gotk|tidemark|jvm|process|system)_[a-z_]+\\b");

    /** There only when something has happened that a test of its own makes happen. */
    private static final Set<Metric> LATER = EnumSet.of(Metric.LATENCY, Metric.HALTED, Metric.NOTIFICATIONS);

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @TestHTTPResource("/hook/unknown")
    URI unknown;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void servesWhatTheListSaysWithTheLabelsThatItSays() throws Exception {
        assertThat(get(unknown).statusCode()).isEqualTo(404);
        Set<Metric> expected = EnumSet.complementOf(EnumSet.copyOf(LATER));

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(ours())
                .containsExactlyInAnyOrderElementsOf(expected));

        SAMPLE.matcher(scrape()).results().forEach(sample -> metric(sample.group(1))
                .forEach(metric -> assertThat(labels(sample))
                        .as(sample.group())
                        .containsExactlyInAnyOrderElementsOf(metric.labels())));
    }

    @Test
    void rulesAndDashboardReadWhatIsServed() throws Exception {
        Set<String> known = new TreeSet<>(names(scrape()));
        LATER.forEach(metric -> known.addAll(served(metric)));

        assertThat(measures("rules.yaml")).hasSizeGreaterThan(5).isSubsetOf(known);
        assertThat(measures("dashboard.json")).hasSizeGreaterThan(10).isSubsetOf(known);
    }

    @Test
    void bothFilesHaveTheSameRules() throws IOException {
        Object spec = read("prometheus-rule.yaml").get("spec");

        assertThat(Manifests.map(spec)).isEqualTo(read("rules.yaml"));
    }

    @Test
    void thePageNamesEachRule() throws IOException {
        String page = Files.readString(Manifests.ROOT.resolve("docs/metrics.md"));
        List<String> alerts = Pattern.compile("alert: (\\w+)")
                .matcher(Files.readString(MONITORING.resolve("rules.yaml")))
                .results()
                .map(hit -> hit.group(1))
                .toList();

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> assertThat(page).contains("| `" + alert + "` |"));
    }

    @Test
    void thePanelsAreOfAKindAndLieOnTheGrid() throws IOException {
        JsonNode panels = new ObjectMapper()
                .readTree(MONITORING.resolve("dashboard.json").toFile())
                .path("panels");

        assertThat(panels).hasSizeGreaterThan(10).allSatisfy(panel -> {
            assertThat(panel.path("type").asText()).isIn("row", "stat", "timeseries", "table");
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
        });
    }

    @Test
    void prometheusTakesTheRulesAndTheyFireWhenTheyShould() throws Exception {
        Path promtool = Tools.require("promtool", "prometheus");

        assertThat(run(promtool, "check", "rules", "rules.yaml")).contains("SUCCESS");
        assertThat(run(promtool, "test", "rules", "rules.test.yaml")).contains("SUCCESS");
    }

    private static String run(Path program, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Arrays.stream(arguments))
                        .toList())
                .directory(MONITORING.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private Set<Metric> ours() throws Exception {
        return names(scrape()).stream()
                .filter(name -> name.startsWith("gotk_") || name.startsWith("tidemark_"))
                .flatMap(name -> {
                    List<Metric> found = metric(name).toList();
                    assertThat(found).as(name).hasSize(1);
                    return found.stream();
                })
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Metric.class)));
    }

    private static Stream<Metric> metric(String sample) {
        return Arrays.stream(Metric.values()).filter(metric -> served(metric).contains(sample));
    }

    /** The names of its samples. */
    private static List<String> served(Metric metric) {
        return metric.type() == Metric.Type.HISTOGRAM
                ? Stream.of("_bucket", "_sum", "_count", "_max", "_created")
                        .map(end -> metric.served() + end)
                        .toList()
                : List.of(metric.served());
    }

    private static Set<String> names(String text) {
        return SAMPLE.matcher(text).results().map(hit -> hit.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> labels(MatchResult sample) {
        return LABEL.matcher(Objects.requireNonNullElse(sample.group(2), ""))
                .results()
                .map(hit -> hit.group(1))
                .filter(label -> !label.equals("le"))
                .toList();
    }

    private static Set<String> measures(String file) throws IOException {
        return MEASURE.matcher(Files.readString(MONITORING.resolve(file)))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Object> read(String file) throws IOException {
        return Manifests.map(YamlReader.first(Files.readString(MONITORING.resolve(file)), YamlDialect.KYAML));
    }

    private String scrape() throws IOException, InterruptedException {
        HttpResponse<String> answer = get(metrics);
        assertThat(answer.statusCode()).as(metrics.toString()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
